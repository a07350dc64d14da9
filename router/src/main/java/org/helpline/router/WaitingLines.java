package org.helpline.router;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Waiting contacts, in one line for each queue, language and modality, oldest first.
///
/// All contacts of one line ask for the same skills ([DomainTables#requirements]), so a line's head speaks
/// for it: who cannot take the head cannot take anyone behind it. A line is a sorted array: the position in
/// it is a binary search, a new contact nearly always goes to the end, and taking the head moves at most
/// `maxWaiting` references.
final class WaitingLines {
    private final Map<Lane, TreeMap<QueueId, ArrayList<Contact>>> lanes = new HashMap<>();
    private final Map<QueueId, Integer> sizes = new HashMap<>();

    void add(Contact contact) {
        ArrayList<Contact> line = lanes.computeIfAbsent(Lane.of(contact.requirements()), _ -> new TreeMap<>())
                .computeIfAbsent(contact.queue(), _ -> new ArrayList<>());
        int at = line.isEmpty() || Contact.BY_AGE.compare(line.getLast(), contact) < 0
                ? line.size()
                : -Collections.binarySearch(line, contact, Contact.BY_AGE) - 1;
        line.add(at, contact);
        sizes.merge(contact.queue(), 1, Integer::sum);
    }

    void remove(Contact contact) {
        TreeMap<QueueId, ArrayList<Contact>> lane = lanes.get(Lane.of(contact.requirements()));
        ArrayList<Contact> line = lane.get(contact.queue());
        line.remove(Collections.binarySearch(line, contact, Contact.BY_AGE));
        if (line.isEmpty()) lane.remove(contact.queue());
        sizes.merge(contact.queue(), -1, (size, minus) -> size + minus == 0 ? null : size + minus);
    }

    void clear() {
        lanes.clear();
        sizes.clear();
    }

    int size(QueueId queue) {
        return sizes.getOrDefault(queue, 0);
    }

    /// 1 for the head of the contact's line. The contact must wait.
    int position(Contact contact) {
        return 1
                + Collections.binarySearch(
                        lanes.get(Lane.of(contact.requirements())).get(contact.queue()), contact, Contact.BY_AGE);
    }

    /// The oldest waiting contact that this agent may serve.
    Optional<Contact> oldestFor(Agent agent) {
        Contact oldest = null;
        for (Lane lane : agent.lanes()) {
            TreeMap<QueueId, ArrayList<Contact>> lines = lanes.get(lane);
            if (lines == null) continue;
            for (ArrayList<Contact> line : lines.values()) {
                Contact head = line.getFirst();
                boolean older = oldest == null || Contact.BY_AGE.compare(head, oldest) < 0;
                if (older && agent.hasSkills(head.requirements().skills())) oldest = head;
            }
        }
        return Optional.ofNullable(oldest);
    }
}
