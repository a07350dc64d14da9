package org.helpline.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.helpline.app.cli.JournalAccess.Opening;
import org.helpline.app.cli.JournalAccess.Refused;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.Journal.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./helpline journal show`.
@Command(
        name = "show",
        description = {
            "Prints entries of the journal, one on a line. Changes nothing, and may be used while Helpline runs.",
            "Telephone numbers are hidden but for their last two digits. Notes are shown as they were written: they"
                    + " are personal data."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:shown", "1:the store cannot be read", "2:wrong arguments or configuration"})
final class JournalShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalAccess access;

    @Option(names = "--from", paramLabel = "SEQ", defaultValue = "1", description = "The first entry (default: 1).")
    private long from;

    @Option(names = "--to", paramLabel = "SEQ", description = "The last entry (default: the newest).")
    private Optional<Long> to = Optional.empty();

    @Option(names = "--contact", paramLabel = "ID", description = "Of this contact alone.")
    private Optional<String> contact = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Of this type alone, such as routing.OfferMade; the beginning of it is enough.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many entries (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--numbers", description = "Show telephone numbers as they are.")
    private boolean numbers;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() {
        atLeastOne("--from", from);
        atLeastOne("--most", most);
        to.ifPresent(last -> {
            if (last < from) {
                throw new ParameterException(
                        spec.commandLine(), "--to must be at least --from (" + from + "), but is " + last);
            }
        });
        return access.run(spec.commandLine().getErr(), this::show);
    }

    private void atLeastOne(String option, long value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1, but is " + value);
        }
    }

    private int show(Opening opening) throws Refused {
        PrintWriter out = spec.commandLine().getOut();
        Opened opened = JournalAccess.await(opening.store()::look);
        long last = Math.min(to.orElse(Long.MAX_VALUE), opened.findings().lastSeq());
        int[] shown = {0};
        boolean[] more = {false};
        JournalAccess.readAll(opened.journal(), from, last, entry -> {
            if (!isWanted(entry)) return true;
            if (shown[0] == most) {
                more[0] = true;
                return false;
            }
            shown[0]++;
            out.println(access.isJson() ? json(entry).toString() : line(entry));
            return true;
        });
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (more[0]) err.println("helpline: there are more than " + most + "; --most shows more of them");
        opened.findings().told().forEach(line -> err.println("helpline: " + line));
        err.flush();
        return 0;
    }

    private boolean isWanted(Entry entry) {
        return (contact.isEmpty() || contact.equals(entry.contact()))
                && (type.isEmpty() || entry.type().startsWith(type.get()));
    }

    private String line(Entry entry) {
        return entry.seq() + " " + entry.at() + " " + entry.type() + " "
                + entry.contact().orElse("-") + " " + body(entry);
    }

    private ObjectNode json(Entry entry) {
        ObjectNode node = mapper.createObjectNode();
        node.put("domain", entry.domain());
        node.put("epoch", entry.epoch());
        node.put("seq", entry.seq());
        node.put("at", entry.at().toString());
        entry.contact().ifPresent(id -> node.put("contact", id));
        node.put("type", entry.type());
        node.put("version", entry.version());
        node.set("body", body(entry));
        return node;
    }

    private JsonNode body(Entry entry) {
        try {
            JsonNode body = mapper.readTree(entry.body().getBytes());
            return numbers ? body : MaskedJson.of(body);
        } catch (IOException _) {
            return new TextNode(entry.body().length() + " bytes that are no JSON");
        }
    }
}
