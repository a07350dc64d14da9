package org.helpline.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.gateway.Catalogue;
import org.helpline.gateway.ServiceLevel;
import org.helpline.router.AgentId;
import org.helpline.router.DomainSettings;
import org.helpline.store.CallerMemory;
import org.helpline.store.redis.RedisSettings;

/// Everything that is configured, checked as a whole. Immutable; read again to see changes.
///
/// @param deployment what the deployment is for
/// @param domain queues, agents and clocks of the routing domain
/// @param helplines by id
/// @param defaultHelpline id of the helpline that answers every number no helpline claims
/// @param users who may sign in
/// @param devices desk phone of each agent that has one, each matching the allow-list for devices
/// @param prompts what is spoken, by language
/// @param recordings folder of recorded prompts, which replace the spoken text
/// @param data folder of what the running system keeps
/// @param http where HTTP is served
/// @param asterisk the telephone switch; empty: none is configured
/// @param serviceLevel how the service level is counted
/// @param records where contact records are kept, and how long
/// @param redis where journal, snapshots, lease and callers' memory are kept; empty: in the data folder
/// @param journal how long calls wait for a journal that is not well, and what is kept for it
/// @param callers how long callers are remembered, and how many calls are taken
/// @param catalogue inquiries, places, languages and skills that people choose from
/// @param signIn keys and passwords of the sign-in that come from the environment
public record Configuration(
        Deployment deployment,
        DomainSettings domain,
        SortedMap<String, HelplineEntry> helplines,
        String defaultHelpline,
        List<UserEntry> users,
        SortedMap<AgentId, String> devices,
        PromptTexts prompts,
        Path recordings,
        Path data,
        HttpSettings http,
        Optional<AsteriskEntry> asterisk,
        ServiceLevel serviceLevel,
        RecordsEntry records,
        Optional<RedisSettings> redis,
        JournalBounds journal,
        CallerMemory.Settings callers,
        Catalogue catalogue,
        SignInSettings signIn) {
    public Configuration {
        helplines = Collections.unmodifiableSortedMap(new TreeMap<>(helplines));
        users = List.copyOf(users);
        devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
    }
}
