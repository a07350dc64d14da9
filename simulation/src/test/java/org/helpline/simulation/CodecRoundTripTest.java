package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every event type that exists comes back from its bytes as it was, with everything optional present and
/// absent.
class CodecRoundTripTest {
    private final JsonEventCodec codec = new JsonEventCodec();

    static Stream<Class<?>> types() {
        return Stream.of(
                        Event.class,
                        FlowEvent.class,
                        DomainEvent.Leg.class,
                        DomainEvent.Phone.class,
                        DomainEvent.Drain.class)
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void comesBackAsItWas(Class<?> type) {
        for (boolean full : new boolean[] {true, false}) {
            DomainEvent event = wrapped(new Samples(full).of(type));
            EventCodec.Encoded bytes = codec.encode(event);
            assertEquals(event, codec.decode(bytes), () -> bytes.type() + " " + bytes.body());
            assertEquals(bytes, codec.encode(codec.decode(bytes)));
            EventCodec.Encoded goingOn = codec.goingOn(bytes);
            assertEquals(event, codec.decode(goingOn), () -> bytes.type() + " " + goingOn.body());
            assertTrue(codec.goesOn(goingOn.body()));
            assertFalse(codec.goesOn(bytes.body()));
        }
    }

    private static DomainEvent wrapped(Object event) {
        return switch (event) {
            case Event e -> new DomainEvent.Routing(e);
            case FlowEvent e -> new DomainEvent.Flow(new ContactId("c-1"), e);
            case DomainEvent e -> e;
            default -> throw new IllegalArgumentException("no event: " + event);
        };
    }
}
