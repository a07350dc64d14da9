package org.helpline.config;

import java.util.Map;
import java.util.TreeMap;

/// Where the parts of a flow stand in its file, by their path in the flow's own model (`nodes.need.choices[2].next`).
final class FlowPlaces {
    private final Place whole;
    private final Map<String, Place> places = new TreeMap<>();

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
}
