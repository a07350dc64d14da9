package org.helpline.telephony.asterisk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.telephony.SwitchReport.PhoneReachable;
import org.helpline.telephony.SwitchReport.PhoneUnreachable;
import org.helpline.telephony.asterisk.watch.Phones.Address;
import org.helpline.telephony.asterisk.watch.Phones.State;
import org.junit.jupiter.api.Test;

class PhonesTest {
    private static final Duration QUICK = Duration.ofMillis(2);

    private final Phones phones = new Phones();

    @Test
    void oneAddressThatAnswersIsEnough() {
        phones.changed("p", "a", address(State.UNREACHABLE));
        phones.changed("p", "b", new Address(State.REACHABLE, Optional.of(QUICK)));
        assertEquals(List.of(new PhoneReachable("p", Optional.of(QUICK))), phones.news());
        phones.changed("p", "b", address(State.UNREACHABLE));
        assertEquals(List.of(new PhoneUnreachable("p", "does not answer")), phones.news());
    }

    @Test
    void nothingIsSaidOfAPhoneThatWasNeverProbed() {
        phones.found(Map.of("p", Map.of("a", address(State.UNKNOWN), "b", address(State.UNREACHABLE))));
        assertEquals(List.of(), phones.news());
    }

    @Test
    void whoeverHasNoAddressIsNotRegistered() {
        phones.changed("p", "a", address(State.REACHABLE));
        phones.news();
        phones.changed("p", "a", address(State.GONE));
        assertEquals(List.of(new PhoneUnreachable("p", "is not registered")), phones.news());
    }

    @Test
    void aChangeIsToldOnce() {
        phones.changed("p", "a", new Address(State.REACHABLE, Optional.of(QUICK)));
        assertEquals(1, phones.news().size());
        phones.changed("p", "a", new Address(State.REACHABLE, Optional.of(QUICK.multipliedBy(2))));
        assertEquals(List.of(), phones.news());
        phones.found(Map.of("p", Map.of("a", address(State.REACHABLE))));
        assertEquals(List.of(), phones.news());
    }

    @Test
    void afterALossEverythingIsToldAnew() {
        phones.changed("p", "a", address(State.UNREACHABLE));
        phones.news();
        phones.forget();
        assertEquals(List.of(), phones.news());
        phones.found(Map.of("p", Map.of("a", address(State.UNREACHABLE))));
        assertEquals(List.of(new PhoneUnreachable("p", "does not answer")), phones.news());
    }

    @Test
    void anEndpointThatIsGoneIsForgotten() {
        phones.changed("p", "a", address(State.REACHABLE));
        phones.news();
        phones.found(Map.of());
        assertEquals(List.of(), phones.news());
        phones.found(Map.of("p", Map.of("a", address(State.REACHABLE))));
        assertEquals(1, phones.news().size());
    }

    private static Address address(State state) {
        return new Address(state, Optional.empty());
    }
}
