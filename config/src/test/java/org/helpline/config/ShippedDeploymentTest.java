package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.helpline.gateway.Catalogue;
import org.helpline.gateway.Catalogue.InquiryType;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueSettings;
import org.helpline.router.Skill;
import org.junit.jupiter.api.Test;

/// The deployment in the repository is what people try first: it must read, and its agents must serve its menus.
class ShippedDeploymentTest {
    static final Path FOLDER = Path.of(System.getProperty("helpline.root"), "config");

    private static Configuration shipped() throws ConfigurationException {
        return ConfigurationReader.read(FOLDER, Map.of());
    }

    @Test
    void readsWithoutAFault() throws ConfigurationException {
        Configuration configuration = shipped();
        assertEquals(Deployment.DEMO, configuration.deployment());
        assertEquals("main", configuration.domain().domain());
        assertEquals("social-services", configuration.defaultHelpline());
        assertEquals(
                List.of("18005550100"),
                configuration.helplines().get("social-services").numbers());
        assertEquals("127.0.0.1", configuration.http().host());
        assertEquals(8080, configuration.http().port());
        assertEquals(FOLDER.resolveSibling("data"), configuration.data());
        assertEquals(FOLDER.resolve("prompts").resolve("recordings"), configuration.recordings());
        assertTrue(configuration.asterisk().isEmpty());
        assertEquals(
                List.of("en", "es"),
                List.copyOf(configuration.prompts().languages().keySet()));
    }

    @Test
    void agentsUsersAndDevicesAreAsDocumented() throws ConfigurationException {
        Configuration configuration = shipped();
        List<AgentSettings> agents = configuration.domain().agents();
        assertEquals(8, agents.size());
        for (int n = 1; n <= 8; n++) {
            assertEquals(
                    "sip:agent" + n + "@127.0.2." + n + ":5080",
                    configuration.devices().get(new AgentId("agent" + n)));
        }
        AgentSettings first = agents.getFirst();
        assertEquals(List.of(new Language("en"), new Language("es")), first.languages());
        assertEquals(List.of(new Skill("snap")), List.copyOf(first.skills().keySet()));
        assertEquals(List.of(new Language("ase")), agents.getLast().languages());
        assertEquals(
                List.of(
                        "agent1",
                        "agent2",
                        "agent3",
                        "agent4",
                        "agent5",
                        "agent6",
                        "agent7",
                        "agent8",
                        "supervisor1",
                        "admin1"),
                configuration.users().stream().map(UserEntry::name).toList());
        assertTrue(configuration.users().stream()
                .allMatch(user -> user.passwordHash().isEmpty()));
        var spoken =
                agents.stream().flatMap(a -> a.languages().stream()).collect(Collectors.toCollection(TreeSet::new));
        for (String tag : List.of("en", "es", "ru", "ht", "cmn", "yue")) {
            assertTrue(spoken.contains(new Language(tag)), tag);
        }
    }

    @Test
    void everyQueueHasAnAgentInEveryLanguageOfTheMenu() throws ConfigurationException {
        Configuration configuration = shipped();
        List<String> unserved = new ArrayList<>();
        for (QueueSettings queue : configuration.domain().queues()) {
            for (String tag : configuration.prompts().languages().keySet()) {
                boolean served = configuration.domain().agents().stream()
                        .anyMatch(agent -> agent.languages().contains(new Language(tag))
                                && agent.modalities().contains(Modality.VOICE)
                                && queue.skills().stream()
                                        .allMatch(skill ->
                                                agent.skills().getOrDefault(skill.skill(), 0) >= skill.minimumLevel()));
                if (!served) unserved.add(queue.id() + " in " + tag);
            }
        }
        assertEquals(List.of(), unserved);
    }

    @Test
    void thePublishedInquiriesAreThere() throws ConfigurationException {
        Catalogue catalogue = shipped().catalogue();
        var names = catalogue.inquiries().stream().map(InquiryType::name).toList();
        for (String name : List.of(
                "Medicaid - Status Inquiry",
                "Public Assistance - CA Missed Telephone Interview",
                "Public Assistance - Client missed interview call",
                "SNAP - Skipped Benefit",
                "Public Assistance - Recertification",
                "SNAP - Recertification",
                "Medicaid - Coverage Update",
                "IDNYC - Renewal Inquiries",
                "IDNYC - Other Issues",
                "SNAP - Single Issuance Application Status",
                "Cash Assistance - Skipped Benefit",
                "IDNYC - Card Status",
                "Public Assistance - Agency never called for interview",
                "Cash Assistance Inquiry",
                "Emergency Assistance - One-Shot (Rent)",
                "SNAP - Benefit Issuance",
                "SNAP - Case Closed",
                "Medicaid - Demographic Issue",
                "SNAP - Deferral Extension Request",
                "SNAP - Benefit Amount Inquiry")) {
            assertTrue(names.contains(name), name);
        }
        assertTrue(names.size() > 50, "a desk searches a list of some length");
        assertEquals("Spanish", catalogue.languages().get("es"));
        assertTrue(catalogue.skills().containsKey("snap"));
        assertEquals(List.of("+1800555XXXX"), shipped().domain().transferNumbers());
        assertTrue(
                catalogue.referrals().stream().anyMatch(place -> place.number().isPresent()));
        assertFalse(catalogue.escalations().isEmpty());
    }

    @Test
    void keysAreTheOnesOfTheDemoDeployment() throws ConfigurationException {
        var flow = shipped().helplines().get("social-services").flow();
        var language = (Node.Menu) flow.nodes().get(flow.start());
        assertEquals("129", keys(language));
        var need = (Node.Menu) flow.nodes().get("need");
        assertEquals("123459*", keys(need));
        assertEquals(
                List.of("snap", "cash-assistance", "medicaid", "idnyc", "emergency"),
                need.choices().stream().flatMap(c -> c.need().stream()).toList());
    }

    @Test
    void everyTopLevelSettingStandsInTheReferenceFile() throws Exception {
        String reference = Files.readString(FOLDER.resolve("helpline.yaml"));
        for (String key : List.of(
                "deployment",
                "domain",
                "default-helpline",
                "languages",
                "skills",
                "disconnect-graces",
                "place-back",
                "service-level",
                "short-abandon",
                "outbound",
                "folders",
                "http",
                "asterisk",
                "tls",
                "trusted-proxy",
                "HELPLINE_DATA",
                "HELPLINE_HTTP_HOST",
                "HELPLINE_HTTP_PORT",
                "HELPLINE_TLS_CERT",
                "HELPLINE_TLS_KEY",
                "HELPLINE_METRICS_TOKEN",
                "HELPLINE_ASTERISK_URL",
                "HELPLINE_ASTERISK_USER",
                "HELPLINE_ASTERISK_PASSWORD",
                "HELPLINE_ASTERISK_APPLICATION",
                "ami",
                "probe-every",
                "HELPLINE_ASTERISK_AMI_URL",
                "HELPLINE_ASTERISK_AMI_USER",
                "HELPLINE_ASTERISK_AMI_PASSWORD",
                "HELPLINE_JWT_KEY",
                "HELPLINE_DEMO_PASSWORD")) {
            assertTrue(reference.contains(key), key);
        }
        assertFalse(reference.contains("\t"), "tabs are not YAML");
    }

    private static String keys(Node.Menu menu) {
        return menu.choices().stream()
                .map(choice -> String.valueOf(choice.key()))
                .collect(Collectors.joining());
    }
}
