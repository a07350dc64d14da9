package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two Helplines are started on one data folder by mistake.
@Tag("system")
class OneDataFolderTest {
    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy()).killable();

    @Test
    void theSecondOneSaysSoAndDoesNoHarm() throws Exception {
        Caller caller = helpline.snapCaller("12125550811");
        until("the caller waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        String token = helpline.token("agent2");

        try (HelplineProcess second = OneOwner.second(helpline, helpline.data(), "second.log")) {
            OneOwner.refused(second, "another Helpline owns the data folder");
        }
        until("music goes on", () -> caller.media().hearsAnythingWithin(Duration.ofMillis(300)));
        assertEquals(1, helpline.metric("helpline_contacts_waiting"));
        helpline.caller("12125550812").hearsMenu();

        // What is signed out now is so for good: the second one has not put another file in the place of this.
        assertEquals(2, logout(token) / 100);
        assertFalse(revoked().isEmpty());
        helpline.kill();
        helpline.start();
        assertEquals(401, logout(token));
        until("the caller still waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        assertFalse(caller.call().over());
    }

    private static String revoked() throws IOException {
        return Files.readString(helpline.data().resolve("revoked-tokens"));
    }

    private static int logout(String token) {
        return helpline.exchange(HttpRequest.newBuilder(helpline.uri("/v1/logout"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode();
    }
}
