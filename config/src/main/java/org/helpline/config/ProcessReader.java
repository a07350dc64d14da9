package org.helpline.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.helpline.gateway.sip.SipSettings;
import org.helpline.telephony.asterisk.watch.WatchSettings;

/// Brings together what the file and the environment say of this process.
final class ProcessReader {
    private static final String ICE_SERVERS = "HELPLINE_ICE_SERVERS";
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;
    private static final int LEAST_KEY = 32;

    /// The name in the dialplan that comes with Helpline.
    private static final String DEFAULT_APPLICATION = "helpline";

    private final Path folder;
    private final DeploymentFile file;
    private final Environment environment;

    ProcessReader(Path folder, DeploymentFile file, Environment environment) {
        this.folder = folder;
        this.file = file;
        this.environment = environment;
    }

    ProcessSettings read() {
        Place host = environment
                .text("HELPLINE_HTTP_HOST")
                .map(_ -> inEnvironment("HELPLINE_HTTP_HOST"))
                .or(() -> file.http().host().map(Placed::place))
                .orElse(inEnvironment("HELPLINE_HTTP_HOST"));
        return new ProcessSettings(
                http(),
                host,
                asterisk(),
                signIn(),
                RecordsReader.read(file.retention(), environment),
                RedisReader.read(environment),
                file.folders().recordings().orElse(folder.resolve("prompts").resolve("recordings")),
                environment
                        .path("HELPLINE_DATA")
                        .or(() -> file.folders().data())
                        .orElse(folder.resolve("..").resolve("data").normalize()));
    }

    private HttpSettings http() {
        DeploymentFile.Http http = file.http();
        Optional<Placed<Path>> certificate = pem("HELPLINE_TLS_CERT", http.tlsCertificate());
        Optional<Placed<Path>> key = pem("HELPLINE_TLS_KEY", http.tlsKey());
        if (key.isEmpty()) {
            certificate.ifPresent(c -> environment.fault(
                    c.place(), "is a certificate without its key: set HELPLINE_TLS_KEY or http.tls.key as well"));
        }
        if (certificate.isEmpty()) {
            key.ifPresent(k -> environment.fault(
                    k.place(),
                    "is a key without its certificate: set HELPLINE_TLS_CERT or http.tls.certificate as well"));
        }
        return new HttpSettings(
                environment
                        .matching("HELPLINE_HTTP_HOST", Words.HOST, Words.HOST_ALLOWED)
                        .or(() -> http.host().map(Placed::value))
                        .orElse(DEFAULT_HOST),
                environment.port("HELPLINE_HTTP_PORT").or(http::port).orElse(DEFAULT_PORT),
                certificate.map(Placed::value),
                key.map(Placed::value),
                environment.secret("HELPLINE_METRICS_TOKEN"),
                http.trustedProxy(),
                phones());
    }

    /// TURN servers come with credentials, so they are a secret: the value is in no message.
    private SipSettings phones() {
        return environment
                .secret(ICE_SERVERS)
                .flatMap(written -> {
                    try {
                        return Optional.of(SipSettings.DEFAULT.withIceServers(SipSettings.iceServers(written)));
                    } catch (IllegalArgumentException e) {
                        return environment.<SipSettings>fault(ICE_SERVERS, e.getMessage());
                    }
                })
                .orElse(SipSettings.DEFAULT);
    }

    private Optional<Placed<Path>> pem(String variable, Optional<Placed<Path>> inFile) {
        Optional<Placed<Path>> path = environment
                .path(variable)
                .map(value -> new Placed<>(value, inEnvironment(variable)))
                .or(() -> inFile);
        path.filter(p -> !Files.isReadable(p.value()) || Files.isDirectory(p.value()))
                .ifPresent(p -> environment.fault(
                        p.place(),
                        "must name a file that can be read, but is "
                                + Faults.quoted(p.value().toString())));
        return path;
    }

    /// Present when an address is given: a switch without a password cannot be reached, so that is a fault.
    private Optional<AsteriskEntry> asterisk() {
        DeploymentFile.Asterisk asterisk = file.asterisk();
        Optional<String> fromEnvironment = environment.text("HELPLINE_ASTERISK_URL");
        Optional<String> user = environment
                .matching("HELPLINE_ASTERISK_USER", Words.USER, Words.USER_ALLOWED)
                .or(asterisk::user);
        Optional<String> password = environment.secret("HELPLINE_ASTERISK_PASSWORD");
        Optional<String> application = environment
                .matching("HELPLINE_ASTERISK_APPLICATION", Words.APPLICATION, Words.APPLICATION_ALLOWED)
                .or(asterisk::application);
        Optional<Placed<String>> url = fromEnvironment
                .map(value -> new Placed<>(value, inEnvironment("HELPLINE_ASTERISK_URL")))
                .or(asterisk::url);
        Optional<AmiEntry> ami = ami(asterisk.ami().orElse(DeploymentFile.Ami.UNREAD), url.isPresent());
        if (url.isEmpty()) return Optional.empty();
        Optional<URI> base = base(url.get());
        if (user.isEmpty()) environment.fault("HELPLINE_ASTERISK_USER", "is missing: an Asterisk is configured");
        if (password.isEmpty()) {
            environment.fault(
                    "HELPLINE_ASTERISK_PASSWORD",
                    "is missing, and so is HELPLINE_ASTERISK_PASSWORD_FILE: an Asterisk is configured");
        }
        if (base.isEmpty() || user.isEmpty() || password.isEmpty()) return Optional.empty();
        return Optional.of(new AsteriskEntry(
                base.get(), user.get(), password.get(), application.orElse(DEFAULT_APPLICATION), ami));
    }

    /// Present when an address is given, and then it must be whole. Without one phones are not watched, which stops
    /// nothing.
    private Optional<AmiEntry> ami(DeploymentFile.Ami ami, boolean asterisk) {
        Optional<String> user = environment
                .matching("HELPLINE_ASTERISK_AMI_USER", Words.USER, Words.USER_ALLOWED)
                .or(ami::user);
        Optional<String> password = environment.secret("HELPLINE_ASTERISK_AMI_PASSWORD");
        Optional<Placed<String>> given = environment
                .text("HELPLINE_ASTERISK_AMI_URL")
                .map(value -> new Placed<>(value, inEnvironment("HELPLINE_ASTERISK_AMI_URL")))
                .or(ami::url);
        if (given.isEmpty() || !asterisk) return Optional.empty();
        Optional<URI> url = amiUrl(given.get());
        if (user.isEmpty()) environment.fault("HELPLINE_ASTERISK_AMI_USER", "is missing: phones are to be watched");
        if (password.isEmpty()) {
            environment.fault(
                    "HELPLINE_ASTERISK_AMI_PASSWORD",
                    "is missing, and so is HELPLINE_ASTERISK_AMI_PASSWORD_FILE: phones are to be watched");
        }
        if (url.isEmpty() || user.isEmpty() || password.isEmpty()) return Optional.empty();
        return Optional.of(new AmiEntry(
                url.get(), user.get(), password.get(), ami.probeEvery().orElse(AmiEntry.PROBE_EVERY)));
    }

    /// The address is not shown: it may carry a password.
    private Optional<URI> amiUrl(Placed<String> given) {
        String fault = "must be tcp://host:port or tls://host:port";
        try {
            URI url = new URI(given.value());
            Optional<String> wrong = WatchSettings.fault(url);
            if (wrong.isEmpty()) return Optional.of(url);
            fault = wrong.get();
        } catch (URISyntaxException _) {
            // Told below, with what is allowed.
        }
        environment.fault(given.place(), fault);
        return Optional.empty();
    }

    private Optional<URI> base(Placed<String> url) {
        try {
            URI uri = new URI(url.value());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (web && bare && uri.getHost() != null) return Optional.of(uri);
        } catch (URISyntaxException _) {
            // Told below, with what is allowed.
        }
        // The address is not shown: it may carry a password.
        environment.fault(
                url.place(), "must be an http or https address such as http://127.0.0.1:8088, without user or query");
        return Optional.empty();
    }

    private SignInSettings signIn() {
        Optional<String> key = environment.secret("HELPLINE_JWT_KEY");
        if (key.isPresent() && key.get().length() < LEAST_KEY) {
            environment.fault(
                    "HELPLINE_JWT_KEY", "must be at least " + LEAST_KEY + " characters long; make one at random");
        }
        return new SignInSettings(key, environment.secret("HELPLINE_DEMO_PASSWORD"));
    }

    private static Place inEnvironment(String variable) {
        return new Place(Environment.FILE, 0, variable);
    }
}
