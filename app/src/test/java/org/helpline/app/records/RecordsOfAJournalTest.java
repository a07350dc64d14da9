package org.helpline.app.records;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.EventCodec.Encoded;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.gateway.CallerHistory;
import org.helpline.gateway.CallerHistory.Previous;
import org.helpline.records.NumberHashes;
import org.helpline.records.Records;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.Retention;
import org.helpline.router.AgentId;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.HelplineId;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Language;
import org.helpline.router.LegId;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;
import org.helpline.store.InMemoryJournal;
import org.helpline.store.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a domain's journal and its listeners into the records, and from there to the gateway.
class RecordsOfAJournalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-03-02T17:00:00Z");
    private static final HelplineId HELPLINE = new HelplineId("social-services");
    private static final AgentId ANN = new AgentId("ann");
    private static final String CALLER = "+12125550142";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Context owner = vertx.getOrCreateContext();
    private final Journal journal = new InMemoryJournal("memory-1", 10_000);
    private final JsonEventCodec codec = new JsonEventCodec();
    private final NumberHashes hashes =
            new NumberHashes("of the test, 32 bytes or more ..".getBytes(StandardCharsets.UTF_8));
    private RecordedEvents recorded;
    private Records records;
    private RecordedHistory history;
    private long seq;

    @BeforeEach
    void prepare() {
        recorded = new RecordedEvents(hashes, called -> called.equals("18005550100") ? called : "other");
        records = new Records(
                "main",
                new JournalSource(journal.name(), journal::read, codec, recorded, owner),
                new DatabaseAddress.Embedded(folder.resolve("data").resolve("records.db")),
                Duration.ofSeconds(5),
                Retention.DEFAULT,
                Clock.systemUTC());
        history = new RecordedHistory(vertx, records, hashes);
    }

    @AfterEach
    void close() throws Exception {
        records.close(Duration.ZERO);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /// The database comes when the calls are over: everything is read from the journal.
    @Test
    void aCallersEarlierContactsAreToldNewestFirst() throws Exception {
        records.start();
        for (int i = 1; i <= 7; i++) call("c-" + i, NOON.plus(Duration.ofDays(i)), Optional.of(CALLER), "Topic " + i);
        call("c-8", NOON, Optional.of("12125550143"), "Somebody else");
        call("c-9", NOON, Optional.empty(), "Withheld");
        assertTrue(asked(CALLER).failed(), "without a database there is no answer");
        Files.createDirectories(folder.resolve("data"));
        await().atMost(PATIENCE).until(() -> records.health().written() == 9);
        call("c-10", NOON.plus(Duration.ofDays(10)), Optional.of("001 212 555 0142"));
        await().atMost(PATIENCE).until(() -> records.health().written() == 10);
        List<Previous> told = asked(CALLER).result();
        assertEquals(
                List.of(
                        new Previous(NOON.plus(Duration.ofDays(10)), List.of()),
                        new Previous(NOON.plus(Duration.ofDays(7)), List.of("Topic 7")),
                        new Previous(NOON.plus(Duration.ofDays(6)), List.of("Topic 6")),
                        new Previous(NOON.plus(Duration.ofDays(5)), List.of("Topic 5")),
                        new Previous(NOON.plus(Duration.ofDays(4)), List.of("Topic 4"))),
                told.stream().map(one -> new Previous(one.at(), one.topics())).toList());
        CallerHistory.Detail detail = told.get(1).detail().orElseThrow();
        assertEquals(
                told.get(1).topics(),
                detail.inquiries().stream().map(Inquiry::inquiry).toList());
        assertFalse(detail.talked().isNegative());
        assertEquals(List.of(), asked("12125550199").result());
        assertEquals(List.of(), asked("").result());
        assertEquals("written", records.health().told());
    }

    @Test
    void noNumberIsInTheFiles() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        records.start();
        call("c-1", NOON, Optional.of(CALLER), "A topic");
        await().atMost(PATIENCE).until(() -> records.health().written() == 1);
        records.close(Duration.ofSeconds(10));
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            for (Path file : files.toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("2125550142"), file + " has the caller's number");
                assertFalse(bytes.contains("9175550177"), file + " has what was dialled");
                if (file.toString().endsWith(".db")) assertTrue(bytes.contains("A topic"), file.toString());
            }
        }
    }

    // ----

    private Future<List<Previous>> asked(String number) throws Exception {
        return onOwner(() -> history.of(number));
    }

    /// What came of it, failed or not.
    private <T> Future<T> onOwner(Supplier<Future<T>> work) throws Exception {
        CompletableFuture<Future<T>> done = new CompletableFuture<>();
        owner.runOnContext(_ -> {
            Future<T> asked = work.get();
            asked.onComplete(_ -> done.complete(asked));
        });
        return done.get(30, TimeUnit.SECONDS);
    }

    /// As the owner does: into the journal first, then the listeners are told.
    private void turn(DomainEvent... events) throws Exception {
        onOwner(() -> {
            List<Journal.Entry> entries = new ArrayList<>();
            long firstSeq = seq + 1;
            for (DomainEvent event : events) {
                Encoded encoded = codec.encode(event);
                entries.add(new Journal.Entry(
                        "main",
                        1,
                        ++seq,
                        event.at(),
                        event.contact().map(ContactId::value),
                        encoded.type(),
                        encoded.version(),
                        encoded.body()));
            }
            return journal.append(entries)
                    .onSuccess(_ -> records.tell(recorded.of(List.of(events), firstSeq), firstSeq + events.length - 1));
        });
    }

    private void call(String id, Instant at, Optional<String> number, String... topics) throws Exception {
        ContactId contact = new ContactId(id);
        LegId leg = new LegId(id + "-leg");
        Instant end = at.plusSeconds(90);
        turn(new DomainEvent.CallerArrived(at, contact, "leg-" + id, HELPLINE, "9175550177", number));
        turn(new DomainEvent.Routing(new Event.ContactQueued(
                at.plusSeconds(10),
                contact,
                new QueueId("snap"),
                new Requirements(new Language("es"), Modality.VOICE, List.of()),
                new ContactContext(HELPLINE, number, Optional.of("snap"), List.of(), at))));
        turn(new DomainEvent.Routing(new Event.ContactConnected(at.plusSeconds(30), contact, ANN, leg)));
        turn(
                new DomainEvent.CallerGone(end, contact),
                new DomainEvent.Routing(new Event.ContactEnded(end, contact, ContactOutcome.HANDLED)),
                new DomainEvent.Routing(new Event.WrapUpStarted(end, contact, ANN, end.plusSeconds(120))));
        turn(new DomainEvent.Routing(new Event.WrapUpCompleted(
                end.plusSeconds(5),
                contact,
                ANN,
                Stream.of(topics)
                        .map(topic -> new Inquiry(
                                topic, InquiryOutcome.RESOLVED, Optional.empty(), Optional.empty(), Optional.empty()))
                        .toList())));
    }
}
