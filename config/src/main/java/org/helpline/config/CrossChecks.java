package org.helpline.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.helpline.gateway.Catalogue;
import org.helpline.router.NumberPattern;

/// What can only be told by looking at several files together.
final class CrossChecks {
    private final DeploymentFile deployment;
    private final List<HelplineFile> helplines;
    private final List<PromptsFile> prompts;
    private final AgentsFile agents;
    private final InquiriesFile inquiries;
    private final ProcessSettings process;
    private final Faults faults;

    CrossChecks(
            DeploymentFile deployment,
            List<HelplineFile> helplines,
            List<PromptsFile> prompts,
            AgentsFile agents,
            InquiriesFile inquiries,
            ProcessSettings process,
            Faults faults) {
        this.deployment = deployment;
        this.helplines = helplines;
        this.prompts = prompts;
        this.agents = agents;
        this.inquiries = inquiries;
        this.process = process;
        this.faults = faults;
    }

    void run() {
        uniqueAmongHelplines();
        defaultHelpline();
        devices();
        transferNumbers();
        limits();
        if (deployment.deployment().equals(Optional.of(Deployment.PRODUCTION))) production();
    }

    private void uniqueAmongHelplines() {
        Map<String, Place> ids = new HashMap<>();
        Map<String, Place> numbers = new HashMap<>();
        Map<String, Place> queues = new HashMap<>();
        for (HelplineFile helpline : helplines) {
            unique(ids, helpline.id(), "helpline");
            helpline.numbers().forEach(number -> unique(numbers, number, "number"));
            helpline.queues()
                    .forEach(queue ->
                            unique(queues, new Placed<>(queue.value().id().value(), queue.place()), "queue"));
        }
    }

    private void unique(Map<String, Place> seen, Placed<String> found, String what) {
        if (found.value().equals(Words.UNREAD)) return;
        Place earlier = seen.putIfAbsent(found.value(), found.place());
        if (earlier != null) {
            faults.add(
                    found.place(),
                    "must be the only " + what + " " + Faults.quoted(found.value())
                            + " of the domain, but another is at " + earlier.file() + ":" + earlier.line());
        }
    }

    private void defaultHelpline() {
        if (helplines.isEmpty()) return;
        var known = new TreeSet<String>();
        helplines.forEach(helpline -> known.add(helpline.id().value()));
        deployment
                .defaultHelpline()
                .filter(id -> !known.contains(id.value()) && !known.contains(Words.UNREAD))
                .ifPresent(id -> faults.add(
                        id.place(), Faults.quoted(id.value()) + " " + YamlSection.unknown(id.value(), known)));
    }

    /// Money and safety: nothing is ever called that the deployment has not allowed.
    private void devices() {
        if (deployment.outbound().devices().isEmpty()) return;
        List<DevicePattern> allowed = deployment.outbound().devices().get();
        agents.devices().values().stream()
                .filter(device -> allowed.stream().noneMatch(pattern -> pattern.allows(device.value())))
                .forEach(device -> faults.add(
                        device.place(),
                        Faults.quoted(device.value()) + " is not allowed by 'outbound.device' in helpline.yaml: "
                                + String.join(
                                        ", ",
                                        allowed.stream()
                                                .map(DevicePattern::text)
                                                .toList())));
    }

    private void transferNumbers() {
        if (deployment.outbound().equals(DeploymentFile.Outbound.UNREAD)) return;
        List<String> allowed = deployment.outbound().transferNumbers();
        for (Placed<Catalogue.Place> place : inquiries.referrals()) {
            place.value()
                    .number()
                    .filter(number -> allowed.stream().noneMatch(pattern -> NumberPattern.matches(pattern, number)))
                    .ifPresent(number -> faults.add(
                            place.place(),
                            Faults.quoted(number) + " is not allowed by 'outbound.transfer' in helpline.yaml: "
                                    + (allowed.isEmpty() ? "no number is" : String.join(", ", allowed))));
        }
    }

    /// Who is one too many must hear that.
    private void limits() {
        if (deployment.callers().perNumber().isEmpty()
                && deployment.callers().inAll().isEmpty()) return;
        for (HelplineFile helpline : helplines) {
            helpline.flow()
                    .filter(file -> file.flow().limited().isEmpty())
                    .ifPresent(file -> faults.add(
                            file.places().of("limited"),
                            "needs the key 'limited', the name of a node that hangs up: 'callers' in helpline.yaml"
                                    + " limits calls"));
        }
    }

    private void production() {
        for (Placed<UserEntry> user : agents.users()) {
            if (user.value().passwordHash().isEmpty() && !user.value().disabled()) {
                faults.add(user.place(), "needs a 'password-hash': this is a production deployment");
            }
        }
        for (PromptsFile file : prompts) {
            if (file.prompts().review().equals(PromptsFile.PLACEHOLDER)) {
                faults.add(file.review(), "must not be 'placeholder' in a production deployment");
            }
        }
        if (!process.http().passwordsProtected()) {
            faults.add(
                    process.httpHost(),
                    "must be a loopback address, but is "
                            + Faults.quoted(process.http().host())
                            + ": a production deployment serves others only with TLS (HELPLINE_TLS_CERT and"
                            + " HELPLINE_TLS_KEY) or behind a trusted proxy (http.trusted-proxy)");
        }
        if (process.signIn().demoPassword().isPresent()) {
            faults.add(Environment.FILE, 0, "HELPLINE_DEMO_PASSWORD", "is not allowed in a production deployment");
        }
    }
}
