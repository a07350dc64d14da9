package org.helpline.app.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.helpline.app.owner.NewerRelease;
import org.helpline.app.owner.SnapshotCodec;
import org.helpline.app.switchboard.SwitchSnapshot;

/// Snapshots as JSON. One that a release kept must be read by the next one: a field that is added has a
/// meaning when it is absent, and a changed format gets the next version and a reader of the one before.
public final class JsonSnapshotCodec implements SnapshotCodec {
    /// What this release writes.
    public static final int VERSION = 1;

    private final ObjectMapper mapper = Mappers.kept();

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public Buffer encode(SwitchSnapshot snapshot) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(snapshot));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode a snapshot", e);
        }
    }

    @Override
    public SwitchSnapshot decode(Buffer body, int version) {
        if (version > VERSION) {
            throw new NewerRelease(
                    "the snapshot has version " + version + ", this release reads up to version " + VERSION);
        }
        if (version != VERSION) {
            throw new IllegalArgumentException("the snapshot has version " + version + ", known is version " + VERSION);
        }
        try {
            return mapper.readValue(body.getBytes(), SwitchSnapshot.class);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the snapshot is damaged", e);
        }
    }
}
