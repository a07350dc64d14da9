package org.helpline.router;

import java.time.Duration;
import java.util.List;

/// What is configured of one routing domain: the helplines that share agents. Journalled as an event, so that
/// a replay needs no file.
///
/// @param domain name of the domain
/// @param queues every queue, ids unique
/// @param agents every agent, ids unique
/// @param graces clocks of a dropped agent socket
/// @param transferNumbers numbers that agents may transfer to, as [NumberPattern]s; none when empty
/// @param placeBack how long the place of a caller is kept whom the switch has lost, up to 1 h; zero: it is not
public record DomainSettings(
        String domain,
        List<QueueSettings> queues,
        List<AgentSettings> agents,
        DisconnectGraces graces,
        List<String> transferNumbers,
        Duration placeBack) {
    public static final Duration DEFAULT_PLACE_BACK = Duration.ofMinutes(5);
    public static final Duration LONGEST_PLACE_BACK = Duration.ofHours(1);

    public DomainSettings {
        // Journals from before there was such a thing do not have it.
        transferNumbers = transferNumbers == null ? List.of() : List.copyOf(transferNumbers);
        transferNumbers.forEach(NumberPattern::check);
        placeBack = placeBack == null ? DEFAULT_PLACE_BACK : placeBack;
        Checks.range("placeBack", placeBack, Duration.ZERO, LONGEST_PLACE_BACK);
        Checks.id("domain", domain, 64);
        queues = List.copyOf(queues);
        agents = List.copyOf(agents);
        if (queues.stream().map(QueueSettings::id).distinct().count() != queues.size()) {
            throw new IllegalArgumentException("queue ids must be unique in domain " + domain);
        }
        if (agents.stream().map(AgentSettings::id).distinct().count() != agents.size()) {
            throw new IllegalArgumentException("agent ids must be unique in domain " + domain);
        }
    }

    /// A domain that keeps places for as long as usual.
    public DomainSettings(
            String domain,
            List<QueueSettings> queues,
            List<AgentSettings> agents,
            DisconnectGraces graces,
            List<String> transferNumbers) {
        this(domain, queues, agents, graces, transferNumbers, DEFAULT_PLACE_BACK);
    }

    /// And without transfers to numbers.
    public DomainSettings(
            String domain, List<QueueSettings> queues, List<AgentSettings> agents, DisconnectGraces graces) {
        this(domain, queues, agents, graces, List.of());
    }

    /// What is as it always was goes unsaid: digests hang on it.
    @Override
    public String toString() {
        return "DomainSettings[domain=" + domain + ", queues=" + queues + ", agents=" + agents + ", graces=" + graces
                + ", transferNumbers=" + transferNumbers
                + (placeBack.equals(DEFAULT_PLACE_BACK) ? "" : ", placeBack=" + placeBack) + "]";
    }

    /// How long the domain waits for an agent whose last socket dropped.
    ///
    /// @param ready until a ready agent is made not ready
    /// @param talking until the caller of an agent who lost socket AND device is queued again
    /// @param wrapUp until the wrap-up of an agent who is still away is closed as undetermined
    /// @param restart after a start of Helpline, until an agent who was ready, or had an offer, is made not ready
    public record DisconnectGraces(Duration ready, Duration talking, Duration wrapUp, Duration restart) {
        static final Duration DEFAULT_RESTART = Duration.ofSeconds(15);

        public static final DisconnectGraces DEFAULT =
                new DisconnectGraces(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));

        public DisconnectGraces {
            // Journals from before there was such a thing do not have it.
            restart = restart == null ? DEFAULT_RESTART : restart;
        }

        public DisconnectGraces(Duration ready, Duration talking, Duration wrapUp) {
            this(ready, talking, wrapUp, DEFAULT_RESTART);
        }

        /// What is as it always was goes unsaid: digests hang on it.
        @Override
        public String toString() {
            return "DisconnectGraces[ready=" + ready + ", talking=" + talking + ", wrapUp=" + wrapUp
                    + (restart.equals(DEFAULT_RESTART) ? "" : ", restart=" + restart) + "]";
        }
    }
}
