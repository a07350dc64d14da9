package org.helpline.store.redis;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.helpline.store.AcknowledgementMark;
import org.helpline.store.AcknowledgementMark.Mark;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the newest acknowledgement into the file, off the context. When the disk is slower than the journal, only the
/// newest is written.
///
/// Threading: by any thread.
final class MarkWriter {
    private static final Logger log = LoggerFactory.getLogger(MarkWriter.class);

    private final AcknowledgementMark file;
    private final AtomicReference<Mark> wanted = new AtomicReference<>();
    private boolean failed;
    private boolean closed;

    MarkWriter(AcknowledgementMark file) {
        this.file = file;
    }

    void write(Mark mark) {
        if (wanted.getAndSet(mark) == null)
            Thread.ofVirtual().name("journal-mark").start(this::writeAll);
    }

    /// Whoever finds nothing wanted writes until nothing is wanted any more; so there is one writer at a time.
    private void writeAll() {
        Mark mark = wanted.get();
        while (mark != null) {
            write(file, mark);
            mark = wanted.compareAndSet(mark, null) ? null : wanted.get();
        }
    }

    private synchronized void write(AcknowledgementMark to, Mark mark) {
        if (closed || to.newest().filter(mark::equals).isPresent()) return;
        try {
            to.write(mark);
            failed = false;
        } catch (IOException failure) {
            if (!failed) log.warn("the mark of the journal cannot be written: {}", failure.getMessage());
            failed = true;
        }
    }

    /// What is wanted is written first.
    synchronized void close() {
        Mark last = wanted.get();
        if (last != null) write(file, last);
        closed = true;
        try {
            file.close();
        } catch (IOException failure) {
            log.warn("the mark of the journal did not close: {}", failure.getMessage());
        }
    }
}
