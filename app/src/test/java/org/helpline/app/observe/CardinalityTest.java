package org.helpline.app.observe;

import static org.helpline.app.observe.Scrape.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.LegId;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;
import org.junit.jupiter.api.Test;

/// However many callers, agents, topics and words there are, the number of series is that of the configured
/// helplines, queues, languages and modalities.
class CardinalityTest {
    private static final int SERIES_A_ROW = 130;
    private static final int SERIES_BESIDE = 200;

    private final Scrape scrape = new Scrape();
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void callers_agents_topics_and_words_make_no_series() {
        for (int n = 0; n < 5_000; n++) call(n, n % 5, n % 6);
        long rows = 30;
        long series = scrape.series();
        assertTrue(series <= rows * SERIES_A_ROW + SERIES_BESIDE, () -> series + " series for " + rows + " rows");

        for (int n = 5_000; n < 10_000; n++) call(n, n % 5, n % 6);
        assertEquals(series, scrape.series());
    }

    @Test
    void rows_beyond_the_bound_count_as_other() {
        int wild = ContactMetrics.MOST_ROWS + 500;
        for (int n = 0; n < wild; n++) call(n, n, 0);
        String offered = "helpline_contacts_offered_total{";
        List<String> rows =
                scrape.text().lines().filter(line -> line.startsWith(offered)).toList();
        assertEquals(ContactMetrics.MOST_ROWS + 1, rows.size());
        scrape.has(offered + "helpline=\"other\",language=\"other\",modality=\"other\",queue=\"other\"} 500.0");
    }

    private void call(int n, int queue, int language) {
        ContactId contact = new ContactId("c" + n);
        AgentId agent = new AgentId("agent" + n);
        Requirements requirements =
                new Requirements(new Language("l" + (char) ('a' + language)), Modality.VOICE, List.of());
        ContactContext context = new ContactContext(
                new HelplineId("main"), Optional.of("1212555" + n), Optional.of("need " + n), List.of(), at(n));
        scrape.tell(
                new Event.ContactQueued(at(n), contact, new QueueId("q" + queue), requirements, context),
                new Event.ContactConnected(at(n + random.nextInt(100)), contact, agent, new LegId("leg" + n)),
                new Event.AgentStateChanged(at(n), agent, AgentState.NOT_READY, Optional.of("word " + n)),
                new Event.ContactRequeued(at(n + 100), contact, Event.RequeueReason.AGENT_LOST),
                new Event.ContactEnded(
                        at(n + 200), contact, n % 2 == 0 ? ContactOutcome.ABANDONED : ContactOutcome.HANDLED));
    }
}
