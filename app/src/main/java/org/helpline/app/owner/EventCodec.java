package org.helpline.app.owner;

import io.vertx.core.buffer.Buffer;
import org.helpline.app.switchboard.DomainEvent;

/// Turns events into the journal's bytes and back.
public interface EventCodec {

    /// @param type name of the event type, part of the journal's format for good
    /// @param version of that type's encoding
    record Encoded(String type, int version, Buffer body) {}

    Encoded encode(DomainEvent event);

    /// Reads any version that a release ever wrote.
    DomainEvent decode(Encoded encoded);
}
