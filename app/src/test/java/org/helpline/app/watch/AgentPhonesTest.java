package org.helpline.app.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.helpline.app.watch.AgentPhones.Counts;
import org.helpline.router.AgentId;
import org.helpline.router.Input;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentPhonesTest {
    private static final AgentId DESK_AND_BROWSER = new AgentId("a1");
    private static final AgentId BROWSER_ALONE = new AgentId("a2");
    private static final String SILENT = "the desk phone does not answer, and no browser is registered as a phone";

    private final AgentPhones phones = new AgentPhones();

    @BeforeEach
    void oneDeskPhone() {
        phones.configure(new TreeMap<>(Map.of(DESK_AND_BROWSER, "desk-a1")));
    }

    @Test
    void whatIsNotKnownBlocksNobody() {
        assertEquals(List.of(), phones.news());
        assertEquals(new Counts(0, 0, 1), phones.counts());
    }

    @Test
    void aDeskPhoneThatDoesNotAnswerIsToldOnce() {
        phones.unreachable("desk-a1", "does not answer");
        assertEquals(List.of(new Input.DeviceUnreachable(DESK_AND_BROWSER, SILENT)), phones.news());
        assertEquals(List.of(), phones.news());
        assertEquals(List.of(new Input.DeviceUnreachable(DESK_AND_BROWSER, SILENT)), phones.again());
        phones.reachable("desk-a1");
        assertEquals(List.of(new Input.DeviceReachable(DESK_AND_BROWSER)), phones.news());
        assertEquals(List.of(), phones.again());
    }

    @Test
    void oneOfTwoPhonesSuffices() {
        phones.browserRegistered(DESK_AND_BROWSER, "page");
        phones.unreachable("desk-a1", "does not answer");
        assertEquals(List.of(), phones.news());
        phones.browserLost(DESK_AND_BROWSER, "page");
        assertEquals(List.of(new Input.DeviceUnreachable(DESK_AND_BROWSER, SILENT)), phones.news());
        phones.browserRegistered(DESK_AND_BROWSER, "page again");
        assertEquals(List.of(new Input.DeviceReachable(DESK_AND_BROWSER)), phones.news());
        phones.browserLost(DESK_AND_BROWSER, "page");
        assertEquals(List.of(), phones.news(), "the end of a former page");
    }

    @Test
    void anAgentWithoutADeskPhoneHasABrowserOrNone() {
        assertEquals(List.of(), phones.news());
        phones.browserRegistered(BROWSER_ALONE, "page");
        phones.browserLost(BROWSER_ALONE, "page");
        assertEquals(
                List.of(new Input.DeviceUnreachable(
                        BROWSER_ALONE,
                        "the browser is not registered as a phone any more, and there is no desk phone")),
                phones.news());
    }

    @Test
    void withoutTheWatchNobodyIsHeldToBeUnreachable() {
        phones.unreachable("desk-a1", "does not answer");
        phones.news();
        phones.forget();
        assertEquals(List.of(new Input.DeviceReachable(DESK_AND_BROWSER)), phones.news());
    }

    @Test
    void aDeskPhoneThatIsTakenAwayDoesNotCount() {
        phones.unreachable("desk-a1", "does not answer");
        phones.news();
        phones.configure(new TreeMap<>());
        assertEquals(List.of(new Input.DeviceReachable(DESK_AND_BROWSER)), phones.news());
    }

    @Test
    void phonesOfNoAgentAreNobodysBusiness() {
        phones.unreachable("caller", "is not registered");
        assertEquals(List.of(), phones.news());
        assertEquals(new Counts(0, 0, 1), phones.counts());
    }
}
