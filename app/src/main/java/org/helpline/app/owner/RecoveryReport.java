package org.helpline.app.owner;

import java.time.Duration;
import java.util.List;

/// What a recovery found.
///
/// @param snapshotSeq of the last entry in the snapshot; 0 without one
/// @param firstSeq of the first entry that was replayed, and told to listeners
/// @param replayed entries behind the snapshot
/// @param lost entries that were acknowledged and are not there, or could not be used
/// @param contacts in the state
/// @param told one line for each thing that was dropped, cut or set aside
public record RecoveryReport(
        long snapshotSeq, long firstSeq, long replayed, long lost, int contacts, Duration took, List<String> told) {
    public RecoveryReport {
        told = List.copyOf(told);
    }

    /// In one line, for the operator.
    public String line() {
        String from = snapshotSeq == 0 ? "" : " behind the snapshot at entry " + snapshotSeq;
        return contacts + (contacts == 1 ? " contact" : " contacts") + " from " + replayed + " journal entries" + from
                + " in " + took.toMillis() + " ms"
                + (lost == 0 ? "" : "; " + lost + " entries are lost");
    }
}
