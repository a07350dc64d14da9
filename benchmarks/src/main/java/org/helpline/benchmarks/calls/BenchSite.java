package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.helpline.gateway.PasswordHash;

/// The configuration of both sides, for the same work: one prompt that a key ends, then a queue; the same
/// phones.
final class BenchSite {
    /// Helpline's number, and those of app_queue: all agents, a few, a few with the states of their phones.
    static final String HELPLINE = "18005550100";

    static final String QUEUE_ALL = "3000";
    static final String QUEUE_FEW = "3001";
    static final String QUEUE_STATES = "3002";
    static final int FEW = 5;
    static final String PASSWORD = "bench-password";

    private static final double PROMPT_SECONDS = 2;
    private static final int SAMPLES_A_SECOND = 8_000;
    /// Sign-in is no part of what is measured here.
    private static final int ITERATIONS = 1_000;

    private final Path folder;
    private final int agents;
    private final int phonePort;

    BenchSite(Path folder, int agents, int phonePort) {
        this.folder = folder;
        this.agents = agents;
        this.phonePort = phonePort;
    }

    Path config() {
        return folder.resolve("config");
    }

    Path data() {
        return folder.resolve("data");
    }

    /// Configuration laid over that of Asterisk.
    Path site() {
        return folder.resolve("site");
    }

    void write() throws IOException {
        write(config().resolve("helpline.yaml"), DEPLOYMENT.replace("PORT", Integer.toString(phonePort)));
        write(config().resolve("helplines/bench.yaml"), HELPLINE_FILE);
        StringBuilder prompts = new StringBuilder(PROMPTS);
        write(config().resolve("agents.yaml"), agentsFile());
        Path recordings = Files.createDirectories(config().resolve("prompts/recordings/en"));
        for (String key : promptKeys()) {
            // Never spoken: each has a recording.
            prompts.append("  ").append(key).append(": A tone.\n");
            Files.write(recordings.resolve(key + ".wav"), tone());
        }
        write(config().resolve("prompts/en.yaml"), prompts.toString());
        Files.createDirectories(data().resolve("prompts"));
        write(site().resolve("extensions_site.conf"), DIALPLAN);
        write(site().resolve("queues.conf"), queues());
        write(site().resolve("pjsip_site.conf"), endpoints());
    }

    /// The one that is heard, and those that every flow must have.
    private static List<String> promptKeys() {
        List<String> keys = new ArrayList<>(List.of("prompt", "unavailable", "position-intro", "number-more-than-20"));
        for (int i = 1; i <= 20; i++) keys.add("number-" + i);
        return keys;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private String agentsFile() {
        String hash =
                PasswordHash.make(PASSWORD, ITERATIONS, new SecureRandom()).written();
        StringBuilder agentLines = new StringBuilder("agents:\n");
        StringBuilder userLines = new StringBuilder("users:\n");
        for (int i = 1; i <= agents; i++) {
            agentLines.append(
                    "  agent%d: {name: Agent %d, languages: [en], modalities: [voice], skills: {}, device: \"%s\"}\n"
                            .formatted(i, i, SipLoad.device(i, phonePort)));
            userLines.append(
                    "  agent%d: {roles: [agent], agent: agent%d, password-hash: \"%s\"}\n".formatted(i, i, hash));
        }
        return agentLines.append(userLines).toString();
    }

    private String queues() {
        StringBuilder text = new StringBuilder(QUEUES);
        appendQueue(text, "all", agents);
        appendQueue(text, "few", FEW);
        text.append("\n[states](bench)\n");
        for (int i = 1; i <= FEW; i++) text.append("member => PJSIP/few%d,0,Agent %d\n".formatted(i, i));
        return text.toString();
    }

    /// Phones with an endpoint each, as a site without Helpline would have them.
    private String endpoints() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= FEW; i++) {
            text.append("[few%d](helpline-media)\ncontext=no-calls\nsend_pai=no\naors=few%d\n".formatted(i, i));
            text.append("[few%d]\ntype=aor\ncontact=%s\n".formatted(i, SipLoad.device(i, phonePort)));
        }
        return text.toString();
    }

    /// One endpoint serves all phones, so its state says nothing of a single one: each member has a state of
    /// its own, and app_queue itself knows who is in a call.
    private void appendQueue(StringBuilder text, String name, int members) {
        text.append("\n[").append(name).append("](bench)\n");
        for (int i = 1; i <= members; i++) {
            text.append("member => PJSIP/desk/%s,0,Agent %d,Custom:agent%d\n"
                    .formatted(SipLoad.device(i, phonePort), i, i));
        }
    }

    /// A quiet tone as a WAV file; longer than a caller waits before the key, so that the key ends it.
    private static byte[] tone() {
        int samples = (int) (PROMPT_SECONDS * SAMPLES_A_SECOND);
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1);
        wav.putInt(SAMPLES_A_SECOND).putInt(2 * SAMPLES_A_SECOND);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (2_000 * Math.sin(2 * Math.PI * 440 * i / SAMPLES_A_SECOND)));
        }
        return wav.array();
    }

    private static final String DEPLOYMENT = """
            deployment: demo
            domain: bench
            default-helpline: bench
            languages: {en: English}
            skills: {any: Anything}
            outbound:
              device: ["sip:agent*@127.0.2.*:PORT"]
            """;

    private static final String HELPLINE_FILE = """
            id: bench
            name: Bench
            numbers: ["18005550100"]
            queues:
              all: {skills: {}, max-waiting: 1000, wrap-up-limit: 2 min}
            flow:
              start: ask
              default-language: en
              nodes:
                ask:
                  menu:
                    prompts: [prompt]
                    choices: {"1": {need: any, next: all}}
                    wrong-key: [prompt]
                    silence: [prompt]
                    otherwise: over
                all:
                  queue: {queue: all, welcome: [prompt], announce-every: 10 min, comfort: [prompt], refused: over}
                over:
                  hang-up: {prompts: [prompt]}
            """;

    private static final String PROMPTS = """
            language: en
            voice: en-us
            review: machine-draft
            texts:
            """;

    private static final String DIALPLAN = """
            ; Of the measurements: app_queue beside Helpline.
            [helpline-in](+)
            exten => 3000,1,Answer()
             same => n,Read(DIGIT,helpline/en/prompt,1,,1,10)
             same => n,Queue(all,,,,120)
             same => n,Hangup()
            exten => 3001,1,Answer()
             same => n,Read(DIGIT,helpline/en/prompt,1,,1,10)
             same => n,Queue(few,,,,120)
             same => n,Hangup()
            exten => 3002,1,Answer()
             same => n,Read(DIGIT,helpline/en/prompt,1,,1,10)
             same => n,Queue(states,,,,120)
             same => n,Hangup()
            """;

    private static final String QUEUES = """
            [general]
            persistentmembers=no
            autofill=yes
            shared_lastcall=no
            log_membername_as_agent=yes

            [bench](!)
            strategy=rrmemory
            timeout=20
            retry=1
            wrapuptime=0
            ringinuse=no
            musicclass=default
            joinempty=yes
            leavewhenempty=no
            announce-frequency=0
            """;
}
