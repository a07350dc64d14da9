package org.helpline.store;

import io.vertx.core.Future;
import java.util.List;

/// Everything that one routing domain keeps beyond its process, and the right to write it.
///
/// Threading: as [Journal].
public interface DomainStore {

    Lease lease();

    /// Opens journal and snapshots for the owner with this epoch. What is damaged is cut off and told, and never a
    /// reason not to open.
    Future<Opened> open(long epoch);

    /// Opens journal and snapshots to look at, for somebody who is not the owner: nothing is written or taken,
    /// nobody is fenced, and what would write is refused as [JournalFailure.Kind#FENCED]. What is damaged is told,
    /// and entries are given up to there.
    Future<Opened> look();

    Future<Void> close();

    record Opened(Journal journal, Snapshots snapshots, Findings findings) {}

    /// What the store knows of its own state at the opening.
    ///
    /// @param lastSeq of the last entry that is there; 0 for none
    /// @param acknowledgedSeq the highest that was ever acknowledged, as far as that is known; above `lastSeq` when
    /// entries were lost
    /// @param told one line for each thing that was dropped, cut or set aside, for the operator; empty when all is
    /// well
    record Findings(long lastSeq, long acknowledgedSeq, List<String> told) {
        public Findings {
            told = List.copyOf(told);
        }
    }
}
