package org.helpline.app.owner;

import io.vertx.core.buffer.Buffer;
import org.helpline.app.switchboard.SwitchSnapshot;

/// Turns snapshots of a domain's state into bytes and back.
public interface SnapshotCodec {

    /// Of the encoding that [#encode] makes; the highest that [#decode] reads.
    int version();

    Buffer encode(SwitchSnapshot snapshot);

    /// Reads any version that a release up to this one ever wrote.
    ///
    /// @throws NewerRelease for a version that none of them has written
    /// @throws IllegalArgumentException for damaged bytes
    SwitchSnapshot decode(Buffer body, int version);
}
