package org.helpline.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.router.AgentId;
import org.helpline.telephony.asterisk.SipObject;
import org.helpline.telephony.asterisk.SipObjects;
import org.junit.jupiter.api.Test;

class DeskPhonesTest {
    private final Kept asterisk = new Kept();
    private final DeskPhones phones = new DeskPhones(asterisk, Duration.ofSeconds(15));

    private static final class Kept implements SipObjects {
        private final SortedMap<String, String> contacts = new TreeMap<>();
        private final List<SipObject> defined = new ArrayList<>();

        @Override
        public Future<Void> define(List<SipObject> objects) {
            defined.addAll(objects);
            objects.stream()
                    .filter(object -> object.type() == SipObject.Type.AOR)
                    .forEach(object -> contacts.put(object.id(), object.fields().get("contact")));
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> remove(String id) {
            contacts.remove(id);
            return Future.succeededFuture();
        }
    }

    @Test
    void onlyWhatChangedIsDefinedAnew() {
        phones.configure(devices("a", "sip:a@1", "b", "sip:b@1"));
        assertEquals(new TreeMap<>(Map.of("desk-a", "sip:a@1", "desk-b", "sip:b@1")), asterisk.contacts);
        assertEquals(4, asterisk.defined.size());
        phones.configure(devices("a", "sip:a@2", "b", "sip:b@1"));
        assertEquals(6, asterisk.defined.size());
        phones.configure(devices("a", "sip:a@2"));
        assertEquals(new TreeMap<>(Map.of("desk-a", "sip:a@2")), asterisk.contacts);
    }

    @Test
    void aPhoneIsProbedAndMaySendNothing() {
        phones.configure(devices("a", "sip:a@1"));
        assertEquals("15", asterisk.defined.getFirst().fields().get("qualify_frequency"));
        SortedMap<String, String> endpoint = asterisk.defined.getLast().fields();
        assertEquals("ip", endpoint.get("identify_by"), "a user name alone would be believed");
        assertEquals("no-calls", endpoint.get("context"));
    }

    @Test
    void everyAgentsNameMakesAnEndpointOfItsOwn() {
        SortedMap<AgentId, String> names = DeskPhones.endpoints(devices("a@b", "sip:1", "a_b", "sip:2", "ab", "sip:3"));
        assertEquals(List.of("desk-a_40_b", "desk-a_5f_b", "desk-ab"), List.copyOf(names.values()));
    }

    private static SortedMap<AgentId, String> devices(String... pairs) {
        SortedMap<AgentId, String> devices = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) devices.put(new AgentId(pairs[i]), pairs[i + 1]);
        return devices;
    }
}
