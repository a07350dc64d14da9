package org.helpline.telephony.asterisk;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.helpline.telephony.CallControlContract;
import org.helpline.telephony.CarrierWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class AsteriskCallControlTest extends CallControlContract {
    private static Vertx vertx;
    private static final AsteriskTrunk TRUNK = new AsteriskTrunk();
    private static AsteriskInstance asterisk;

    @BeforeAll
    static void startAsterisk(@TempDir Path folder) throws IOException {
        vertx = Vertx.vertx();
        Path prompts = Files.createDirectories(folder.resolve("en"));
        writeHum(prompts.resolve("short.wav"), 0.4);
        writeHum(prompts.resolve("long.wav"), 10);
        Path site = Files.createDirectories(folder.resolve("site"));
        TRUNK.configure(site);
        asterisk = AsteriskInstance.start(folder, "--site", site.toString());
    }

    @AfterAll
    static void stopAsterisk() {
        if (asterisk != null) {
            asterisk.close();
        }
        TRUNK.close();
        vertx.close().await();
    }

    @Override
    protected CarrierWorld newWorld() {
        return new AsteriskWorld(asterisk, TRUNK, vertx, false);
    }

    @Test
    void keysByInfoArriveTheSameWay() {
        pressesKeysIn(new AsteriskWorld(asterisk, TRUNK, vertx, true));
    }

    static void writeHum(Path file, double seconds) throws IOException {
        writeHum(file, 300, seconds);
    }

    static void writeHum(Path file, double hz, double seconds) throws IOException {
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        int samples = (int) (8000 * seconds);
        byte[] data = new byte[2 * samples];
        for (int i = 0; i < samples; i++) {
            int sample = (int) (6000 * Math.sin(2 * Math.PI * hz * i / 8000));
            data[2 * i] = (byte) sample;
            data[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(data), format, samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }
}
