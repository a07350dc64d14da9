package org.helpline.gateway;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What agents and supervisors choose from. Each list that is empty is not configured, and then any word is taken.
///
/// @param inquiries the published list of what callers ask about
/// @param referrals where callers are referred to
/// @param escalations who takes what an agent cannot resolve
/// @param languages names by BCP 47 tag
/// @param skills names by id
public record Catalogue(
        List<InquiryType> inquiries,
        List<Place> referrals,
        List<Place> escalations,
        SortedMap<String, String> languages,
        SortedMap<String, String> skills) {
    public static final Catalogue EMPTY =
            new Catalogue(List.of(), List.of(), List.of(), new TreeMap<>(), new TreeMap<>());

    public Catalogue {
        inquiries = List.copyOf(inquiries);
        referrals = List.copyOf(referrals);
        escalations = List.copyOf(escalations);
        languages = Collections.unmodifiableSortedMap(new TreeMap<>(languages));
        skills = Collections.unmodifiableSortedMap(new TreeMap<>(skills));
    }

    /// @param id stays when the name is reworded
    /// @param name as it is published, in English; it is what the records keep
    /// @param programme the programme it belongs to, for people
    /// @param active false: no longer to be chosen, but still to be shown
    public record InquiryType(String id, String name, String programme, boolean active) {}

    /// @param number callers can be transferred to it; empty when they are only told of the place
    public record Place(String id, String name, Optional<String> number) {}
}
