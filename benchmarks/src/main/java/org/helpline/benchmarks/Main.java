package org.helpline.benchmarks;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./bench`.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Helpline beside its peers.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:measured", "1:could not measure", "2:wrong arguments"})
public final class Main implements Callable<Integer> {
    private static final int MOST_RATE = 80;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "GROUP",
            arity = "0..*",
            description = "router, calls, gateway, records or journal; without one, all.")
    private List<String> groups = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the rows there as JSON too.")
    private Path json;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            description =
                    "How long one round takes, of calls at one rate or of commands, 1 to 60 (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "10,20,40",
            description = "Calls a second, 1 to 80 each (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each figure is taken, 1 to 20 (default: ${DEFAULT-VALUE}).")
    private int rounds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        range("--seconds", seconds, 1, 60);
        range("--rounds", rounds, 1, 20);
        rates.forEach(rate -> range("--rates", rate, 1, MOST_RATE));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Settings settings = new Settings(
                Path.of(System.getProperty("helpline.root", ".")).toAbsolutePath(),
                rounds,
                rates.stream().sorted().distinct().toList(),
                Duration.ofSeconds(seconds),
                err);
        try {
            List<Row> rows = new ArrayList<>();
            for (Group group : chosen()) rows.addAll(group.measure(settings));
            out.print(Table.of(rows));
            out.flush();
            if (json != null) write(rows);
            return 0;
        } catch (IOException | IllegalStateException failure) {
            err.println("bench: " + failure.getMessage());
            return 1;
        }
    }

    private Set<Group> chosen() {
        if (groups.isEmpty()) return new LinkedHashSet<>(List.of(Group.values()));
        Set<Group> chosen = new LinkedHashSet<>();
        for (String word : groups) {
            chosen.add(Group.of(word)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "there is no group '" + word + "'; there are " + Group.words())));
        }
        return chosen;
    }

    private void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be " + least + " to " + most + ", but is " + value);
        }
    }

    private void write(List<Row> rows) throws IOException {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(row.toJson()));
        Files.writeString(json, array.encodePrettily() + "\n");
    }
}
