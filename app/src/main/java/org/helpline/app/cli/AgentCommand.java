package org.helpline.app.cli;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./helpline agent`: an agent's whole job in a terminal.
@Command(
        name = "agent",
        description = "Work as an agent in this terminal: sign in, go ready, see the offer, accept, wrap up.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The password comes from --password-file, else from HELPLINE_PASSWORD, else it is asked for.",
            "Once signed in, type help for the words."
        })
public final class AgentCommand implements Callable<Integer> {
    private static final int PATIENCE_S = 30;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "where Helpline is (default: ${DEFAULT-VALUE})")
    private URI url;

    @Option(names = "--user", paramLabel = "NAME", required = true, description = "who signs in, such as agent1")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "a file whose first line is the password")
    private Path passwordFile;

    @Option(names = "--json", description = "print the server's messages as they come, one JSON object on a line")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new ParameterException(
                    spec.commandLine(), "--url must look like http://127.0.0.1:8080 or https://HOST, but is " + url);
        }
        String password = password();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter notes = json ? spec.commandLine().getErr() : out;
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            AgentTerminal terminal = new AgentTerminal(vertx, url, json, out, notes);
            terminal.signIn(user, password).await(PATIENCE_S, TimeUnit.SECONDS);
            notes.println("Signed in as " + user + ". Type help for the words.");
            notes.flush();
            // Reading blocks, and cannot be interrupted: it must not keep the process alive.
            Thread.ofPlatform().daemon().name("typed-lines").start(() -> readLines(terminal));
            return terminal.open().join();
        } catch (TimeoutException e) {
            return fail("No answer from " + url + " within " + PATIENCE_S + " s.");
        } catch (RuntimeException e) {
            return fail(e.getMessage());
        } finally {
            vertx.close();
        }
    }

    private int fail(String why) {
        spec.commandLine().getErr().println(why);
        spec.commandLine().getErr().flush();
        return 1;
    }

    /// The end of the input is a `quit`.
    private static void readLines(AgentTerminal terminal) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) terminal.typed(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            terminal.typed("quit");
        }
    }

    // Java 25 gives no console when input or output is not a terminal, whatever the check says.
    @SuppressWarnings("SystemConsoleNull")
    private String password() {
        if (passwordFile != null) {
            try (BufferedReader file = Files.newBufferedReader(passwordFile)) {
                String line = file.readLine();
                if (line == null || line.isEmpty()) {
                    throw new ParameterException(spec.commandLine(), passwordFile + " is empty");
                }
                return line;
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "cannot read " + passwordFile + ": " + e, e);
            }
        }
        String fromEnvironment = System.getenv("HELPLINE_PASSWORD");
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) return fromEnvironment;
        Console console = System.console();
        char[] asked = console == null || !console.isTerminal() ? null : console.readPassword("Password of %s: ", user);
        if (asked == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no terminal to ask for the password: give --password-file or HELPLINE_PASSWORD");
        }
        return new String(asked);
    }
}
