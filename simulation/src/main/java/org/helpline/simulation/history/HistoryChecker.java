package org.helpline.simulation.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Judges a run by what was seen of it.
public final class HistoryChecker {
    private HistoryChecker() {}

    /// @return what is wrong, in the order of its times; empty when nothing is
    public static List<Violation> check(List<Observation> seen, Bounds bounds) {
        History history = History.of(seen);
        List<Violation> found = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            Verdict verdict = new Verdict(rule);
            judge(rule, history, bounds, verdict);
            found.addAll(verdict.violations());
        }
        found.sort(Comparator.comparing(Violation::at));
        return found;
    }

    private static void judge(Rule rule, History history, Bounds bounds, Verdict verdict) {
        switch (rule) {
            case TALK_NOT_CUT -> TalkNotCut.judge(history, bounds, verdict);
            case WAITING_NOT_LOST -> WaitingNotLost.judge(history, bounds, verdict);
            case PLACE_KEPT -> PlaceKept.judge(history, bounds, verdict);
            case NO_AGENT_STUCK -> NoAgentStuck.judge(history, bounds, verdict);
            case ONE_OFFER_AT_A_TIME -> OneOffer.judge(history, bounds, verdict);
            case ONE_CONTACT_AT_A_TIME -> OneContact.judge(history, bounds, verdict);
            case NUMBERS_GROW -> NumbersGrow.judge(history, verdict);
            case RECORDS_COMPLETE -> RecordsComplete.judge(history, bounds, verdict);
            case MUSIC_GOES_ON -> MusicGoesOn.judge(history, bounds, verdict);
            case SILENCE_BOUNDED -> SilenceBounded.judge(history, bounds, verdict);
            case ROUTING_AGAIN -> RoutesAgain.judge(history, bounds, verdict);
        }
    }
}
