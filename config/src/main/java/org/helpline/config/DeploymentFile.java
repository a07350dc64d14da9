package org.helpline.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.gateway.ServiceLevel;
import org.helpline.gateway.ServiceLevelVariant;
import org.helpline.records.sql.Retention;
import org.helpline.router.DomainSettings;
import org.helpline.router.DomainSettings.DisconnectGraces;
import org.helpline.store.CallerMemory;

/// What `helpline.yaml` says. Parts that could not be read are empty or stand-ins; the faults have been told.
///
/// @param outbound who may be called
record DeploymentFile(
        Optional<Deployment> deployment,
        String domain,
        Optional<Placed<String>> defaultHelpline,
        Vocabulary vocabulary,
        DisconnectGraces graces,
        Duration placeBack,
        ServiceLevel serviceLevel,
        Retention retention,
        JournalBounds journal,
        CallerMemory.Settings callers,
        Outbound outbound,
        Folders folders,
        Http http,
        Asterisk asterisk) {
    /// @param devices allow-list for agents' devices; empty when it could not be read, and then nothing is held
    /// against it
    /// @param transferNumbers allow-list for transfers to numbers
    record Outbound(Optional<List<DevicePattern>> devices, List<String> transferNumbers) {
        static final Outbound UNREAD = new Outbound(Optional.empty(), List.of());
    }

    record Folders(Optional<Path> data, Optional<Path> recordings) {
        static final Folders UNREAD = new Folders(Optional.empty(), Optional.empty());
    }

    record Http(
            Optional<Placed<String>> host,
            Optional<Integer> port,
            Optional<Placed<Path>> tlsCertificate,
            Optional<Placed<Path>> tlsKey,
            boolean trustedProxy) {
        static final Http UNREAD =
                new Http(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    record Asterisk(
            Optional<Placed<String>> url, Optional<String> user, Optional<String> application, Optional<Ami> ami) {
        static final Asterisk UNREAD =
                new Asterisk(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    record Ami(Optional<Placed<String>> url, Optional<String> user, Optional<Duration> probeEvery) {
        static final Ami UNREAD = new Ami(Optional.empty(), Optional.empty(), Optional.empty());
        private static final Duration PROBE_LEAST = Duration.ofSeconds(5);
        private static final Duration PROBE_MOST = Duration.ofMinutes(10);
    }

    static DeploymentFile read(Path folder, Faults faults) {
        return YamlFile.read(folder.resolve("helpline.yaml"), faults)
                .map(root -> read(folder, root))
                .orElseGet(DeploymentFile::unread);
    }

    private static DeploymentFile unread() {
        return new DeploymentFile(
                Optional.empty(),
                Words.UNREAD,
                Optional.empty(),
                new Vocabulary(Optional.empty(), Optional.empty()),
                DisconnectGraces.DEFAULT,
                DomainSettings.DEFAULT_PLACE_BACK,
                ServiceLevel.DEFAULT,
                Retention.DEFAULT,
                JournalBounds.DEFAULT,
                CallerMemory.Settings.DEFAULT,
                Outbound.UNREAD,
                Folders.UNREAD,
                Http.UNREAD,
                Asterisk.UNREAD);
    }

    private static DeploymentFile read(Path folder, YamlSection root) {
        var file = new DeploymentFile(
                root.required("deployment").flatMap(value -> value.oneOf(Words.of(Deployment.class))),
                root.required("domain")
                        .flatMap(value -> value.matching(Words.ID, Words.ID_ALLOWED))
                        .orElse(Words.UNREAD),
                root.required("default-helpline")
                        .flatMap(value ->
                                value.matching(Words.ID, Words.ID_ALLOWED).map(value::at)),
                vocabulary(root),
                graces(root),
                root.optional("place-back")
                        .flatMap(value -> value.duration(Duration.ZERO, DomainSettings.LONGEST_PLACE_BACK))
                        .orElse(DomainSettings.DEFAULT_PLACE_BACK),
                serviceLevel(root),
                RecordsReader.retention(root),
                JournalBounds.read(root),
                CallersReader.read(root),
                root.requiredSection("outbound").map(DeploymentFile::outbound).orElse(Outbound.UNREAD),
                folders(folder, root),
                root.optional("http")
                        .flatMap(YamlValue::section)
                        .map(section -> http(folder, section))
                        .orElse(Http.UNREAD),
                root.optional("asterisk")
                        .flatMap(YamlValue::section)
                        .map(DeploymentFile::asterisk)
                        .orElse(Asterisk.UNREAD));
        root.end();
        return file;
    }

    private static Vocabulary vocabulary(YamlSection root) {
        return new Vocabulary(
                root.requiredSection("languages")
                        .flatMap(section -> Vocabulary.names(section, Words.LANGUAGE, Words.LANGUAGE_ALLOWED)),
                root.requiredSection("skills")
                        .flatMap(section -> Vocabulary.names(section, Words.ID, Words.ID_ALLOWED)));
    }

    private static DisconnectGraces graces(YamlSection root) {
        DisconnectGraces standard = DisconnectGraces.DEFAULT;
        Optional<YamlSection> found = root.optional("disconnect-graces").flatMap(YamlValue::section);
        if (found.isEmpty()) return standard;
        YamlSection section = found.get();
        Duration least = Duration.ZERO;
        Duration most = Duration.ofMinutes(5);
        var graces = new DisconnectGraces(
                section.optional("ready")
                        .flatMap(value -> value.duration(least, most))
                        .orElse(standard.ready()),
                section.optional("talking")
                        .flatMap(value -> value.duration(least, most))
                        .orElse(standard.talking()),
                section.optional("wrap-up")
                        .flatMap(value -> value.duration(least, Duration.ofHours(1)))
                        .orElse(standard.wrapUp()),
                section.optional("restart")
                        .flatMap(value -> value.duration(Duration.ofSeconds(5), most))
                        .orElse(standard.restart()));
        section.end();
        return graces;
    }

    private static ServiceLevel serviceLevel(YamlSection root) {
        ServiceLevel standard = ServiceLevel.DEFAULT;
        Optional<YamlSection> found = root.optional("service-level").flatMap(YamlValue::section);
        if (found.isEmpty()) return standard;
        YamlSection section = found.get();
        ServiceLevelVariant variant = section.optional("variant")
                .flatMap(value -> value.oneOf(Words.of(ServiceLevelVariant.class)))
                .orElse(standard.variant());
        Duration threshold = section.optional("threshold")
                .flatMap(value -> value.duration(ServiceLevel.THRESHOLD_LEAST, ServiceLevel.THRESHOLD_MOST))
                .orElse(standard.threshold());
        // A threshold shorter than the usual short abandon brings that down with it.
        Duration usual = standard.shortAbandon().compareTo(threshold) <= 0 ? standard.shortAbandon() : threshold;
        Duration shortAbandon = section.optional("short-abandon")
                .flatMap(value -> value.duration(Duration.ZERO, threshold))
                .orElse(usual);
        section.end();
        return new ServiceLevel(variant, threshold, shortAbandon);
    }

    private static Outbound outbound(YamlSection section) {
        int before = section.faults().count();
        Optional<List<DevicePattern>> patterns =
                section.required("device").map(value -> value.list(DevicePattern::read));
        boolean allRead = section.faults().count() == before;
        List<String> numbers = section.optional("transfer")
                .map(value -> value.list(one -> one.matching(Words.NUMBER_PATTERN, Words.NUMBER_PATTERN_ALLOWED)))
                .orElse(List.of());
        section.end();
        return new Outbound(patterns.filter(_ -> allRead), numbers);
    }

    private static Folders folders(Path folder, YamlSection root) {
        Optional<YamlSection> found = root.optional("folders").flatMap(YamlValue::section);
        if (found.isEmpty()) return Folders.UNREAD;
        YamlSection section = found.get();
        var folders = new Folders(
                path(folder, section, "data").map(Placed::value),
                path(folder, section, "recordings").map(Placed::value));
        section.end();
        return folders;
    }

    private static Http http(Path folder, YamlSection section) {
        section.forbidden("metrics-token", secretBelongs("HELPLINE_METRICS_TOKEN"));
        Optional<YamlSection> tls = section.optional("tls").flatMap(YamlValue::section);
        var http = new Http(
                section.optional("host")
                        .flatMap(value ->
                                value.matching(Words.HOST, Words.HOST_ALLOWED).map(value::at)),
                section.optional("port").flatMap(value -> value.integer(1, 65_535)),
                tls.flatMap(t -> path(folder, t, "certificate")),
                tls.flatMap(t -> path(folder, t, "key")),
                section.optional("trusted-proxy").flatMap(YamlValue::flag).orElse(false));
        tls.ifPresent(YamlSection::end);
        section.end();
        return http;
    }

    private static Asterisk asterisk(YamlSection section) {
        section.forbidden("password", secretBelongs("HELPLINE_ASTERISK_PASSWORD"));
        var asterisk = new Asterisk(
                section.optional("url").flatMap(value -> value.text(500).map(value::at)),
                section.optional("user").flatMap(value -> value.matching(Words.USER, Words.USER_ALLOWED)),
                section.optional("application")
                        .flatMap(value -> value.matching(Words.APPLICATION, Words.APPLICATION_ALLOWED)),
                section.optional("ami").flatMap(YamlValue::section).map(DeploymentFile::ami));
        section.end();
        return asterisk;
    }

    private static Ami ami(YamlSection section) {
        section.forbidden("password", secretBelongs("HELPLINE_ASTERISK_AMI_PASSWORD"));
        var ami = new Ami(
                section.optional("url").flatMap(value -> value.text(500).map(value::at)),
                section.optional("user").flatMap(value -> value.matching(Words.USER, Words.USER_ALLOWED)),
                section.optional("probe-every").flatMap(value -> value.duration(Ami.PROBE_LEAST, Ami.PROBE_MOST)));
        section.end();
        return ami;
    }

    /// Paths in a file are taken from the folder the file is in.
    private static Optional<Placed<Path>> path(Path folder, YamlSection section, String key) {
        return section.optional(key)
                .flatMap(value -> value.text(1_000).flatMap(text -> {
                    try {
                        return Optional.of(value.at(folder.resolve(text).normalize()));
                    } catch (InvalidPathException e) {
                        return value.fault("must be a path, but is " + Faults.quoted(text));
                    }
                }));
    }

    private static String secretBelongs(String variable) {
        return "secrets do not belong in this file: set " + variable + " or " + variable + "_FILE";
    }
}
