package org.helpline.app.owner;

import io.vertx.core.buffer.Buffer;
import org.helpline.app.switchboard.DomainEvent;

/// Turns events into the journal's bytes and back.
public interface EventCodec {

    /// @param type name of the event type, part of the journal's format for good
    /// @param version of that type's encoding
    record Encoded(String type, int version, Buffer body) {}

    Encoded encode(DomainEvent event);

    /// Marked as one that more of the same turn follow: a turn is carried out whole, or not at all.
    Encoded goingOn(Encoded encoded);

    /// Whether more of the same turn follow. Entries of releases that did not mark them are turns of their own.
    boolean goesOn(Buffer body);

    /// Reads any version that a release up to this one ever wrote.
    ///
    /// @throws NewerRelease for a type or version that none of them has written
    /// @throws IllegalArgumentException for a damaged body
    DomainEvent decode(Encoded encoded);
}
