package org.helpline.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.helpline.gateway.Catalogue;
import org.helpline.router.AgentId;
import org.helpline.router.DomainSettings;
import org.helpline.router.QueueSettings;

/// Reads the deployment's folder and the environment once and checks everything together.
///
/// The folder holds `helpline.yaml` (the deployment as a whole, with a comment on every setting), `agents.yaml`,
/// `inquiries.yaml`, one file per helpline in `helplines/` and one per language in `prompts/`. Variables of
/// the environment go before the files. To see changes, read again: there is no other way to reload, so a reload
/// passes the same checks.
public final class ConfigurationReader {
    private static final int MOST_FILES = 500;

    private final Path folder;
    private final Faults faults = new Faults();

    private ConfigurationReader(Path folder) {
        this.folder = folder;
    }

    /// @param environment such as [System#getenv()]
    /// @throws ConfigurationException with every fault found
    public static Configuration read(Path configFolder, Map<String, String> environment) throws ConfigurationException {
        return new ConfigurationReader(configFolder).read(environment);
    }

    private Configuration read(Map<String, String> variables) throws ConfigurationException {
        Environment environment = new Environment(variables, faults);
        DeploymentFile deployment = DeploymentFile.read(folder, faults);
        Vocabulary vocabulary = deployment.vocabulary();
        List<HelplineFile> helplines = new ArrayList<>();
        for (Path path : yamlFiles(folder.resolve("helplines"))) {
            HelplineFile.read(path, vocabulary, faults).ifPresent(helplines::add);
        }
        List<PromptsFile> prompts = new ArrayList<>();
        Set<String> unreadLanguages = new TreeSet<>();
        for (Path path : yamlFiles(folder.resolve("prompts"))) {
            PromptsFile.read(path, vocabulary, faults)
                    .ifPresentOrElse(prompts::add, () -> unreadLanguages.add(PromptsFile.languageOf(path)));
        }
        AgentsFile agents = AgentsFile.read(folder.resolve("agents.yaml"), vocabulary, faults);
        InquiriesFile inquiries = InquiriesFile.read(folder.resolve("inquiries.yaml"), faults);
        ProcessSettings process = new ProcessReader(folder, deployment, environment).read();
        environment.end();
        new CrossChecks(deployment, helplines, prompts, agents, inquiries, process, faults).run();
        new FlowCrossChecks(prompts, unreadLanguages, faults).run(helplines);
        if (faults.any()) throw new ConfigurationException(faults.told());
        return configuration(deployment, helplines, prompts, agents, catalogue(deployment, inquiries), process);
    }

    private static Configuration configuration(
            DeploymentFile deployment,
            List<HelplineFile> helplines,
            List<PromptsFile> prompts,
            AgentsFile agents,
            Catalogue catalogue,
            ProcessSettings process) {
        List<QueueSettings> queues = new ArrayList<>();
        SortedMap<String, HelplineEntry> entries = new TreeMap<>();
        for (HelplineFile helpline : helplines) {
            helpline.queues().forEach(queue -> queues.add(queue.value()));
            String id = helpline.id().value();
            entries.put(
                    id,
                    new HelplineEntry(
                            id,
                            helpline.name(),
                            helpline.numbers().stream().map(Placed::value).toList(),
                            helpline.flow().orElseThrow().flow()));
        }
        SortedMap<AgentId, String> devices = new TreeMap<>();
        agents.devices().forEach((agent, device) -> devices.put(agent, device.value()));
        SortedMap<String, PromptTexts.LanguagePrompts> languages = new TreeMap<>();
        prompts.forEach(file -> languages.put(file.prompts().tag(), file.prompts()));
        return new Configuration(
                deployment.deployment().orElseThrow(),
                new DomainSettings(
                        deployment.domain(),
                        queues,
                        agents.agents(),
                        deployment.graces(),
                        deployment.outbound().transferNumbers(),
                        deployment.placeBack()),
                entries,
                deployment.defaultHelpline().orElseThrow().value(),
                agents.users().stream().map(Placed::value).toList(),
                devices,
                new PromptTexts(languages),
                process.recordings(),
                process.data(),
                process.http(),
                process.asterisk(),
                deployment.serviceLevel(),
                process.records(),
                process.redis(),
                deployment.journal(),
                deployment.callers(),
                catalogue,
                process.signIn());
    }

    private static Catalogue catalogue(DeploymentFile deployment, InquiriesFile inquiries) {
        return new Catalogue(
                inquiries.inquiries(),
                inquiries.referrals().stream().map(Placed::value).toList(),
                inquiries.escalations().stream().map(Placed::value).toList(),
                deployment.vocabulary().languages().orElseThrow(),
                deployment.vocabulary().skills().orElseThrow());
    }

    /// In the order of their names; at least one, or it is a fault.
    private List<Path> yamlFiles(Path subfolder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(subfolder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.endsWith(".yml")) faults.add(entry.toString(), 0, "", "must end in .yaml to be read");
                if (name.endsWith(".yaml")) files.add(entry);
            }
        } catch (NotDirectoryException e) {
            return none(subfolder, "must be a folder");
        } catch (NoSuchFileException e) {
            return none(subfolder, "is not there; it must be a folder with at least one .yaml file");
        } catch (IOException | DirectoryIteratorException e) {
            return none(subfolder, "cannot be read: " + e.getMessage());
        }
        if (files.isEmpty()) return none(subfolder, "must have at least one .yaml file");
        if (files.size() > MOST_FILES) {
            return none(subfolder, "must have at most " + MOST_FILES + " files, but has " + files.size());
        }
        files.sort(null);
        return files;
    }

    private List<Path> none(Path subfolder, String message) {
        faults.add(subfolder.toString(), 0, "", message);
        return List.of();
    }
}
