package org.helpline.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.EventCodec.Encoded;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.Journal.Entry;
import org.helpline.store.Snapshots.Snapshot;
import org.helpline.store.embedded.EmbeddedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JournalCommandTest {
    private static final Instant AT = Instant.parse("2026-11-24T09:00:00.123456789Z");

    @TempDir
    private Path data;

    private final Vertx vertx = Vertx.vertx();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private EmbeddedStore store;
    private Opened opened;

    @BeforeEach
    void write() throws Exception {
        store = new EmbeddedStore(vertx, data);
        opened = get(store.open(get(store.lease().take(Duration.ZERO))));
        for (int n = 1; n <= 40; n++) {
            get(opened.journal().append(List.of(entry(n))));
        }
    }

    @AfterEach
    void stop() throws Exception {
        get(store.close());
        get(vertx.close());
    }

    @Test
    void verifiesBesideARunningHelpline() throws Exception {
        saveSnapshot(30);
        assertEquals(0, journal("verify"), this::said);
        assertTrue(out.toString().contains("entries    40: 1 to 40"), this::said);
        assertTrue(out.toString().contains("snapshot   after entry 30"), this::said);
        assertTrue(out.toString().contains("all is sound"), this::said);

        assertEquals(0, journal("verify", "--json"));
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(40, json.path("acknowledgedSeq").asInt());
        assertTrue(json.path("sound").asBoolean() && json.path("bytes").asLong() > 0, this::said);
        get(opened.journal().append(List.of(entry(41))));
    }

    @Test
    void saysWhatIsDamagedAndWhatCannotBeDecoded() throws Exception {
        get(opened.journal()
                .append(List.of(
                        new Entry("demo", 1, 41, AT, Optional.empty(), "routing.Unheard", 1, Buffer.buffer("{}")))));
        get(store.close());
        Path file = data.resolve("journal.mark");
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);

        assertEquals(1, journal("verify"));
        assertTrue(out.toString().contains("FOUND      entry 41 cannot be decoded: type routing.Unheard"), this::said);
        assertTrue(out.toString().contains("FOUND      journal.mark: 1 of its 2 places"), this::said);
    }

    @Test
    void showsEntriesWithNumbersHidden() {
        assertEquals(0, journal("show", "--from", "3", "--to", "20", "--contact", "c-5"), this::said);
        assertEquals(1, out.toString().lines().count(), this::said);
        assertTrue(out.toString().startsWith("5 " + AT + " leg.CallerArrived c-5 "), this::said);
        assertTrue(out.toString().contains("*********05"), this::said);
        assertFalse(out.toString().contains("12125550105"), this::said);

        assertEquals(0, journal("show", "--numbers", "--json", "--most", "2", "--type", "leg."));
        assertEquals(2, out.toString().lines().count(), this::said);
        assertTrue(out.toString().contains("12125550102"), this::said);
        assertTrue(err.toString().contains("--most"), this::said);
        assertEquals(2, journal("show", "--from", "0"));
    }

    @Test
    void compactsOnlyWithoutAHelpline() throws Exception {
        saveSnapshot(30);
        assertEquals(1, journal("compact"));
        assertTrue(err.toString().contains("another Helpline owns the data folder"), this::said);
        get(store.close());

        // No records were ever written: they still need everything.
        assertEquals(0, journal("compact", "--json"), this::said);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(40, json.path("entries").asInt());
        assertEquals(30, json.path("snapshotSeq").asInt());
        assertEquals(1, json.path("neededByRecordsFrom").asInt());
    }

    @Test
    void hidesNumbersWhereverTheyAre() throws IOException {
        assertEquals("+* (***) ***-**00", MaskedJson.masked("+1 (212) 555-0100"));
        assertEquals("call ********34 then", MaskedJson.masked("call 0301231234 then"));
        assertEquals("sip:*********00@127.0.0.1:5060", MaskedJson.masked("sip:18005550100@127.0.0.1:5060"));
        assertEquals("2026-11-24T09:00:00.123456789Z", MaskedJson.masked("2026-11-24T09:00:00.123456789Z"));
        assertEquals("c-15", MaskedJson.masked("c-15"));
        assertEquals(
                "{\"a\":[\"***45\",12345678]}",
                MaskedJson.of(new ObjectMapper().readTree("{\"a\":[\"12345\",12345678]}"))
                        .toString());
    }

    private void saveSnapshot(long seq) throws Exception {
        get(opened.snapshots()
                .save(new Snapshot(
                        seq,
                        1,
                        AT,
                        JsonSnapshotCodec.VERSION,
                        new JsonSnapshotCodec().encode(new SwitchState().snapshot()))));
    }

    private static Entry entry(int n) {
        DomainEvent event = new DomainEvent.CallerArrived(
                AT,
                new ContactId("c-" + n),
                "leg-" + n,
                new HelplineId("social-services"),
                "18005550100",
                Optional.of(String.format("1212555%04d", 100 + n)));
        Encoded encoded = new JsonEventCodec().encode(event);
        return new Entry("demo", 1, n, AT, Optional.of("c-" + n), encoded.type(), encoded.version(), encoded.body());
    }

    private int journal(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = new CommandLine(new JournalCommand());
        for (CommandLine command : line.getSubcommands().values()) {
            if (command.getCommandSpec().mixins().get("access") == null) continue;
            ((JournalAccess) command.getCommandSpec().mixins().get("access").userObject()).environment = Map.of(
                    "HELPLINE_CONFIG",
                    Path.of(System.getProperty("helpline.root"), "config").toString(),
                    "HELPLINE_DATA",
                    data.toString());
        }
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String said() {
        return "out: " + out + "\nerr: " + err;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
