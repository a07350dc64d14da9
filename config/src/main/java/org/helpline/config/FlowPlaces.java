package org.helpline.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where the parts of a flow stand in its file, by their path in the flow's own model (`nodes.need.choices[2].next`).
final class FlowPlaces {
    private final Place whole;
    private final Map<String, Place> places = new TreeMap<>();
    private final Map<String, Place> prompts = new TreeMap<>();
    private final Map<String, Place> languages = new TreeMap<>();
    private final Set<String> standIns = new TreeSet<>();

    FlowPlaces(Place whole) {
        this.whole = whole;
    }

    void put(String path, Place place) {
        places.put(path, place);
    }

    /// The place of the part itself, or of the nearest part around it.
    Place of(String path) {
        String part = path;
        while (!part.isEmpty()) {
            Place place = places.get(part);
            if (place != null) return place;
            part = part.substring(0, Math.max(0, Math.max(part.lastIndexOf('.'), part.lastIndexOf('['))));
        }
        return whole;
    }

    /// The part could not be read and something else stands in its place: what else is wrong with it means nothing.
    void standIn(String path) {
        standIns.add(path);
    }

    boolean isStandIn(String path) {
        return standIns.contains(path);
    }

    boolean hasStandIns() {
        return !standIns.isEmpty();
    }

    /// @param language that the flow fixes for the prompt; empty: the caller's
    void prompt(String key, Optional<String> language, Place place) {
        prompts.putIfAbsent(key + "@" + language.orElse(""), place);
    }

    /// Where the flow first names the prompt so that it is spoken in this language; empty for prompts that no node
    /// names, such as the place in line.
    Optional<Place> ofPrompt(String key, String language) {
        return Optional.ofNullable(prompts.getOrDefault(key + "@" + language, prompts.get(key + "@")));
    }

    void language(String tag, Place place) {
        languages.putIfAbsent(tag, place);
    }

    /// Where the flow names the language first.
    Place ofLanguage(String tag) {
        return languages.getOrDefault(tag, whole);
    }
}
