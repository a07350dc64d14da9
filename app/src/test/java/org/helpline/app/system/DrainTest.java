package org.helpline.app.system;

import static org.helpline.app.system.Patience.holds;
import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An operator empties a running Helpline from the command line.
@Tag("system")
@TestMethodOrder(OrderAnnotation.class)
class DrainTest {
    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy()).killable();

    /// `helpline drain`, in a process of its own.
    private static Process drain(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.helpline.app.Main",
                "drain",
                "--config",
                helpline.configPath().toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HELPLINE_"));
        builder.environment().putAll(helpline.environment());
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /// What the command printed, once it has ended well.
    private static String printed(Process command) {
        try {
            String text = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, command.waitFor(), text);
            return text;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static int health(String path) {
        return helpline.exchange(HttpRequest.newBuilder(helpline.uri(path)).build())
                .statusCode();
    }

    /// One that stopped is started again, and told to take calls again.
    @AfterEach
    void oneTakesCalls() {
        if (helpline.process().running()) return;
        long starts = starts();
        helpline.process().launch();
        until("it serves again", Duration.ofSeconds(60), () -> starts() > starts);
        printed(drain("--cancel"));
    }

    private static long starts() {
        return helpline.process()
                .told()
                .lines()
                .filter(line -> line.startsWith("Helpline serves"))
                .count();
    }

    @Test
    @Order(1)
    void newCallsWaitOutsideUntilItIsCancelled() {
        helpline.answeringPhone(1);
        Desktop desktop = helpline.desktop("agent1");
        desktop.ready();
        Caller first = helpline.snapCaller("12125550601");
        JsonObject offer = desktop.offer();
        desktop.accept(offer);
        desktop.contact("talking");

        String last = printed(drain("--no-wait", "--json"))
                .lines()
                .filter(line -> line.startsWith("{"))
                .toList()
                .getLast();
        JsonObject progress = new JsonObject(last);
        assertTrue(progress.getBoolean("draining"));
        assertEquals(1, progress.getInteger("talking"));
        assertEquals(503, health("/health/ready"));
        assertEquals(200, health("/health/live"));
        assertEquals(1, helpline.metric("helpline_draining"));

        Caller second = helpline.caller("12125550602");
        until("the second caller hears it ring", () -> second.call().state() == SipCall.State.RINGING);
        holds(
                "nobody answers the second caller",
                Duration.ofSeconds(4),
                () -> !second.call().up());
        assertTrue(first.call().up());

        assertTrue(printed(drain("--cancel")).contains("New calls are taken"));
        second.hearsMenu();
        assertEquals(200, health("/health/ready"));
        first.hangUp();
        desktop.state("wrap-up");
        desktop.wrapUp(offer.getJsonObject("contact").getString("contactId"));
    }

    @Test
    @Order(2)
    void itStopsWhenTheLastOneIsServed() {
        helpline.answeringPhone(2);
        Desktop desktop = helpline.desktop("agent2");
        Caller caller = helpline.snapCaller("12125550603");
        until("the caller waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        Process drain = drain("--stop");
        until("it drains", Duration.ofSeconds(60), () -> {
            if (!drain.isAlive()) throw new AssertionError(printed(drain));
            return helpline.metric("helpline_draining") == 1;
        });
        // Who is inside is still offered to whoever becomes ready.
        desktop.ready();
        JsonObject offer = desktop.offer();
        desktop.accept(offer);
        desktop.contact("talking");
        caller.hangUp();
        desktop.state("wrap-up");
        desktop.wrapUp(offer.getJsonObject("contact").getString("contactId"));
        desktop.done("sign-out");

        String told = printed(drain);
        assertTrue(told.contains("waiting: 1, talking: 0"), told);
        assertTrue(told.contains("Helpline stops") || told.contains("Helpline has stopped"), told);
        assertEquals(0, helpline.process().ends());
    }
}
