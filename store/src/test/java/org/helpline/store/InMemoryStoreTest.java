package org.helpline.store;

import static org.helpline.store.Samples.entries;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.helpline.store.InMemoryContents.Health;
import org.helpline.store.JournalFailure.Kind;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest extends DomainStoreContract {
    private final InMemoryContents contents = new InMemoryContents();

    @Override
    protected DomainStore newStore() {
        return new InMemoryStore(contents, (delay, task) -> {
            if (delay.isZero()) task.run();
            else vertx.setTimer(delay.toMillis(), _ -> task.run());
        });
    }

    @Override
    protected void dies(DomainStore store) {
        contents.ownerDies();
    }

    @Override
    protected void loseNewest(int count) {
        contents.loseNewest(count);
    }

    @Test
    void whatIsPipelinedBehindAFailureIsAwayToo() {
        Journal journal = open(process(), 1).journal();
        contents.become(Health.AWAY);
        assertEquals(Kind.AWAY, refusal(() -> journal.append(entries(1, 5))));
        contents.become(Health.WELL);

        assertEquals(Kind.AWAY, refusal(() -> journal.append(entries(6, 10))));
        assertEquals(Kind.AWAY, refusal(() -> journal.append(entries(11, 12))));
        assertEquals(Kind.GAP, refusal(() -> journal.append(entries(20, 21))));
        await(() -> journal.append(entries(1, 12)));
    }

    @Test
    void aLostAnswerCanBeAskedForAgain() {
        Journal journal = open(process(), 1).journal();
        contents.become(Health.ANSWERS_LOST);
        assertEquals(Kind.AWAY, refusal(() -> journal.append(entries(1, 5))));
        contents.become(Health.WELL);
        await(() -> journal.append(entries(1, 5)));
        assertEquals(entries(1, 5), contents.entries());
    }

    @Test
    void hangsUntilItIsWell() {
        Journal journal = open(process(), 1).journal();
        contents.become(Health.HANGING);
        Future<Void> first = journal.append(entries(1, 5));
        Future<Void> second = journal.append(entries(6, 7));
        assertFalse(first.isComplete());
        assertEquals(0, contents.entries().size());

        contents.become(Health.WELL);
        assertTrue(first.succeeded() && second.succeeded());
        assertEquals(entries(1, 7), contents.entries());
    }

    @Test
    void tellsTheOwnerThatAnotherTookOver() {
        DomainStore store = process();
        long epoch = await(() -> store.lease().take(Duration.ZERO));
        Journal journal = open(store, epoch).journal();
        AtomicReference<String> told = new AtomicReference<>();
        store.lease().whenLost(told::set);

        contents.fence();
        assertEquals("another owner has epoch " + (epoch + 1), told.get());
        assertEquals(Kind.FENCED, refusal(() -> journal.append(entries(1, 1, epoch))));
    }

    @Test
    void isFullWithinItsCapacity() {
        Journal journal = new InMemoryStore(new InMemoryContents("small", 3))
                .open(1)
                .result()
                .journal();
        assertTrue(journal.append(entries(1, 3)).succeeded());
        assertEquals(Kind.AWAY, ((JournalFailure) journal.append(entries(4, 4)).cause()).kind());
        assertTrue(journal.trim(3).succeeded());
        assertTrue(journal.append(entries(4, 4)).succeeded());
    }
}
