package org.helpline.app.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.router.AgentId;
import org.helpline.telephony.asterisk.SipObject;
import org.helpline.telephony.asterisk.SipObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has Asterisk probe agents' desk phones: for each an address to ask now and then, and an endpoint to ask it
/// for. They are called as before, through the endpoint `desk` of `pjsip.conf`: whether a phone answers
/// probes is for the agent to know, and never keeps a call from trying it.
final class DeskPhones {
    private static final Logger log = LoggerFactory.getLogger(DeskPhones.class);

    /// For several repetitions of a probe that was lost.
    private static final String ANSWER_WITHIN_SECONDS = "3";

    private final SipObjects asterisk;
    private final Duration probeEvery;
    private SortedMap<AgentId, String> watched = Collections.emptySortedMap();

    DeskPhones(SipObjects asterisk, Duration probeEvery) {
        this.asterisk = asterisk;
        this.probeEvery = probeEvery;
    }

    /// On the owner's context.
    ///
    /// @param devices address of each agent's desk phone
    void configure(SortedMap<AgentId, String> devices) {
        List<SipObject> changed = new ArrayList<>();
        devices.forEach((agent, address) -> {
            if (!address.equals(watched.get(agent))) changed.addAll(objects(agent, address));
        });
        for (AgentId agent : watched.keySet()) {
            if (!devices.containsKey(agent)) {
                asterisk.remove(endpoint(agent)).onFailure(failure -> told(agent, failure));
            }
        }
        watched = new TreeMap<>(devices);
        asterisk.define(changed)
                .onFailure(failure -> log.warn("not every desk phone is watched: {}", failure.getMessage()));
    }

    private static void told(AgentId agent, Throwable failure) {
        log.warn("the former desk phone of {} is still watched: {}", agent, failure.getMessage());
    }

    /// Endpoint of each of these agents.
    static SortedMap<AgentId, String> endpoints(SortedMap<AgentId, String> devices) {
        SortedMap<AgentId, String> endpoints = new TreeMap<>();
        devices.keySet().forEach(agent -> endpoints.put(agent, endpoint(agent)));
        return endpoints;
    }

    /// Other characters than Asterisk takes are written as `_` and their number.
    private static String endpoint(AgentId agent) {
        StringBuilder name = new StringBuilder("desk-");
        agent.value()
                .codePoints()
                .forEach(c -> name.append(
                        c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-')
                                ? Character.toString(c)
                                : "_" + Integer.toHexString(c) + "_"));
        return name.toString();
    }

    private List<SipObject> objects(AgentId agent, String address) {
        String id = endpoint(agent);
        SipObject aor = new SipObject(
                SipObject.Type.AOR,
                id,
                new TreeMap<>(Map.of(
                        "contact", address,
                        "qualify_frequency", Long.toString(probeEvery.toSeconds()),
                        "qualify_timeout", ANSWER_WITHIN_SECONDS)));
        SipObject endpoint = new SipObject(
                SipObject.Type.ENDPOINT,
                id,
                new TreeMap<>(Map.of(
                        "aors", id,
                        // No request is ever taken for this phone's: nothing names it as an address, and a name
                        // alone proves nothing.
                        "identify_by", "ip",
                        "context", "no-calls",
                        "disallow", "all",
                        "allow", "ulaw",
                        "allow_transfer", "no",
                        "allow_subscribe", "no")));
        return List.of(aor, endpoint);
    }
}
