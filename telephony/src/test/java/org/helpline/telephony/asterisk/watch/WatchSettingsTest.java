package org.helpline.telephony.asterisk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://127.0.0.1:5038", "tcp://127.1.2.3", "tcp://localhost", "tcp://[::1]:1", "tls://asterisk"})
    void thisMachineOrTls(String url) {
        assertEquals(Optional.empty(), WatchSettings.fault(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://192.0.2.1:5038",
                "tcp://127.example.org",
                "tcp://0.0.0.0:5038",
                "http://127.0.0.1",
                "tls://someone@asterisk",
                "tls://asterisk/path",
                "127.0.0.1:5038"
            })
    void neverInTheClear(String url) {
        assertThrows(IllegalArgumentException.class, () -> WatchSettings.of(URI.create(url), "user", "password"));
    }

    @Test
    void thePasswordIsNotShown() {
        assertFalse(WatchSettings.of(URI.create("tls://asterisk"), "user", "sesame")
                .toString()
                .contains("sesame"));
    }

    @Test
    void theUsualPorts() {
        assertEquals(
                5038, WatchSettings.of(URI.create("tcp://127.0.0.1"), "u", "p").port());
        assertEquals(
                5039, WatchSettings.of(URI.create("tls://asterisk"), "u", "p").port());
    }
}
