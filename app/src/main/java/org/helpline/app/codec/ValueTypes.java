package org.helpline.app.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.function.Function;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.LegId;
import org.helpline.router.OfferId;
import org.helpline.router.QueueId;
import org.helpline.router.Skill;
import org.helpline.router.SupervisorId;
import org.helpline.router.TransferTarget;
import org.helpline.router.TransferTarget.ToAgent;
import org.helpline.router.TransferTarget.ToNumber;
import org.helpline.router.TransferTarget.ToQueue;

/// Ids and other one-value types as plain strings. The pure cores carry no annotations, so it is said here.
final class ValueTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ValueTypes() {
        text(ContactId.class, ContactId::value, ContactId::new);
        text(AgentId.class, AgentId::value, AgentId::new);
        text(QueueId.class, QueueId::value, QueueId::new);
        text(OfferId.class, OfferId::value, OfferId::new);
        text(LegId.class, LegId::value, LegId::new);
        text(HelplineId.class, HelplineId::value, HelplineId::new);
        text(Skill.class, Skill::value, Skill::new);
        text(Language.class, Language::tag, Language::new);
        text(SupervisorId.class, SupervisorId::value, SupervisorId::new);
        text(SpokenLanguage.class, SpokenLanguage::tag, SpokenLanguage::new);
        transferTargets();
    }

    /// An object with one field that says what kind of target it is, as agents write it too.
    private void transferTargets() {
        addSerializer(TransferTarget.class, new StdSerializer<>(TransferTarget.class) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(TransferTarget target, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                out.writeStartObject();
                switch (target) {
                    case ToQueue to -> out.writeStringField("queue", to.queue().value());
                    case ToAgent to -> out.writeStringField("agent", to.agent().value());
                    case ToNumber to -> out.writeStringField("number", to.number());
                }
                out.writeEndObject();
            }
        });
        addDeserializer(TransferTarget.class, new StdDeserializer<>(TransferTarget.class) {
            private static final long serialVersionUID = 1L;

            @Override
            public TransferTarget deserialize(JsonParser in, DeserializationContext context) throws IOException {
                JsonNode target = in.readValueAsTree();
                if (target.has("queue"))
                    return new ToQueue(new QueueId(target.path("queue").asText()));
                if (target.has("agent"))
                    return new ToAgent(new AgentId(target.path("agent").asText()));
                return new ToNumber(target.path("number").asText());
            }
        });
    }

    private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
        addSerializer(type, new StdSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(write.apply(value));
            }
        });
        addKeySerializer(type, new StdSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeFieldName(write.apply(value));
            }
        });
        addDeserializer(type, new StdDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return read.apply(in.getValueAsString());
            }
        });
        addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return read.apply(key);
            }
        });
    }
}
