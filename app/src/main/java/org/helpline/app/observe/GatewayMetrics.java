package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.gateway.GatewayWatch;

/// Sockets and messages of desktops, supervisors and wallboards, and who was turned away.
final class GatewayMetrics implements GatewayWatch {
    /// Reasons are words of the gateway's own; this is far beyond their number.
    private static final int MOST_REASONS = 40;

    private final Meters meters;
    private final BoundedWords reasons = BoundedWords.first(MOST_REASONS);
    private final Map<Kind, AtomicInteger> open = new EnumMap<>(Kind.class);
    private final Map<Kind, Counter> received = new EnumMap<>(Kind.class);
    private final Map<Kind, Counter> sent = new EnumMap<>(Kind.class);

    GatewayMetrics(MeterRegistry registry) {
        meters = new Meters(registry);
        for (Kind kind : Kind.values()) {
            AtomicInteger count = new AtomicInteger();
            List<Tag> tags = Meters.tag("kind", Meters.word(kind));
            open.put(kind, count);
            meters.gauge("helpline.gateway.sockets.open", "WebSockets that are open, by kind", tags, count::get);
            received.put(kind, meters.counter("helpline.gateway.messages.received", "Messages of clients", tags));
            sent.put(kind, meters.counter("helpline.gateway.messages.sent", "Messages to clients", tags));
        }
    }

    @Override
    public void opened(Kind kind) {
        open.get(kind).incrementAndGet();
    }

    @Override
    public void closed(Kind kind, String reason) {
        open.get(kind).decrementAndGet();
        meters.counter(
                        "helpline.gateway.sockets.closed",
                        "WebSockets that were closed, by kind and reason",
                        List.of(Tag.of("kind", Meters.word(kind)), Tag.of("reason", reasons.of(reason))))
                .increment();
    }

    @Override
    public void received(Kind kind) {
        received.get(kind).increment();
    }

    @Override
    public void sent(Kind kind) {
        sent.get(kind).increment();
    }

    @Override
    public void refused(String reason) {
        meters.counter(
                        "helpline.gateway.refusals",
                        "Requests that were turned away before a socket was opened",
                        Meters.tag("reason", reasons.of(reason)))
                .increment();
    }

    @Override
    public void signInFailed(String reason) {
        meters.counter("helpline.sign.ins.failed", "Sign-ins that failed", Meters.tag("reason", reasons.of(reason)))
                .increment();
    }
}
