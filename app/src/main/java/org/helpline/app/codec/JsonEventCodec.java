package org.helpline.app.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.owner.NewerRelease;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.ContactId;
import org.helpline.router.Event;

/// Events as JSON. The type names `routing.*`, `flow.*`, `leg.*` and `phone.*` are the journal's format
/// for good: a type that is renamed keeps its old name here, and a changed one gets the next version and
/// an upcaster.
public final class JsonEventCodec implements EventCodec {
    private static final int VERSION = 1;
    private static final String ROUTING = "routing.";
    private static final String FLOW = "flow.";
    private static final String LEG = "leg.";
    private static final String PHONE = "phone.";
    private static final String DRAIN = "drain.";
    /// Last in the body of an event that is not the last one of its turn.
    private static final String GOES_ON = "turnGoesOn";
    private static final byte[] MARK = ("\"" + GOES_ON + "\":true}").getBytes(StandardCharsets.UTF_8);

    private final ObjectMapper mapper = Mappers.kept();
    private final SortedMap<String, Class<?>> types = new TreeMap<>();

    public JsonEventCodec() {
        register(ROUTING, Event.class);
        register(FLOW, FlowEvent.class);
        register(LEG, DomainEvent.Leg.class);
        register(PHONE, DomainEvent.Phone.class);
        register(DRAIN, DomainEvent.Drain.class);
    }

    private void register(String prefix, Class<?> sealed) {
        Arrays.stream(sealed.getPermittedSubclasses()).forEach(type -> types.put(prefix + type.getSimpleName(), type));
    }

    /// Every type name this release writes.
    public SortedMap<String, Class<?>> types() {
        return new TreeMap<>(types);
    }

    @Override
    public Encoded encode(DomainEvent event) {
        return switch (event) {
            case DomainEvent.Routing e -> encoded(ROUTING, e.event(), mapper.valueToTree(e.event()));
            case DomainEvent.Flow e -> {
                ObjectNode body = mapper.createObjectNode();
                body.put("contact", e.id().value());
                body.set("event", mapper.valueToTree(e.event()));
                yield encoded(FLOW, e.event(), body);
            }
            case DomainEvent.Leg e -> encoded(LEG, e, mapper.valueToTree(e));
            case DomainEvent.Phone e -> encoded(PHONE, e, mapper.valueToTree(e));
            case DomainEvent.Drain e -> encoded(DRAIN, e, mapper.valueToTree(e));
        };
    }

    private Encoded encoded(String prefix, Object event, JsonNode body) {
        // The contact of a leg event is written once, as `id`.
        if (prefix.equals(LEG) && body instanceof ObjectNode object) object.remove("contact");
        try {
            return new Encoded(
                    prefix + event.getClass().getSimpleName(), VERSION, Buffer.buffer(mapper.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode " + event.getClass().getSimpleName(), e);
        }
    }

    @Override
    public Encoded goingOn(Encoded encoded) {
        Buffer body = encoded.body();
        int brace = body.length() - 1;
        Buffer marked = body.getBuffer(0, brace);
        if (brace > 1) marked.appendByte((byte) ',');
        return new Encoded(encoded.type(), encoded.version(), marked.appendBytes(MARK));
    }

    @Override
    public boolean goesOn(Buffer body) {
        int from = body.length() - MARK.length;
        return from > 0 && Arrays.equals(body.getBytes(from, body.length()), MARK);
    }

    @Override
    public DomainEvent decode(Encoded encoded) {
        Class<?> type = types.get(encoded.type());
        if (type == null || encoded.version() != VERSION) {
            throw new NewerRelease("journal holds event type '" + encoded.type() + "' version " + encoded.version()
                    + ", known are version " + VERSION + " of " + types.keySet());
        }
        try {
            JsonNode body = mapper.readTree(encoded.body().getBytes());
            if (body instanceof ObjectNode object) object.remove(GOES_ON);
            if (encoded.type().startsWith(ROUTING)) {
                return new DomainEvent.Routing((Event) mapper.treeToValue(body, type));
            }
            if (encoded.type().startsWith(FLOW)) {
                return new DomainEvent.Flow(new ContactId(body.path("contact").asText()), (FlowEvent)
                        mapper.treeToValue(body.path("event"), type));
            }
            return (DomainEvent) mapper.treeToValue(body, type);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("journal entry of type '" + encoded.type() + "' is damaged", e);
        }
    }
}
