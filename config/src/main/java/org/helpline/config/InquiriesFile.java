package org.helpline.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.helpline.gateway.Catalogue.InquiryType;
import org.helpline.gateway.Catalogue.Place;

/// What `inquiries.yaml` says: the published list of inquiries, and where callers are referred and escalated to.
/// Without the file nothing is checked against a list.
record InquiriesFile(List<InquiryType> inquiries, List<Placed<Place>> referrals, List<Placed<Place>> escalations) {
    static final InquiriesFile NONE = new InquiriesFile(List.of(), List.of(), List.of());

    /// What a desktop may send in one field.
    private static final int LONGEST_NAME = 100;

    private static final int MOST_ENTRIES = 2_000;
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{2,31}");

    static InquiriesFile read(Path path, Faults faults) {
        if (Files.notExists(path)) return NONE;
        return YamlFile.read(path, faults).map(InquiriesFile::read).orElse(NONE);
    }

    private static InquiriesFile read(YamlSection root) {
        List<InquiryType> inquiries = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (var entry : bounded(root.requiredSection("programmes"))) {
            entry.getValue().section().ifPresent(section -> {
                checkId(entry);
                String programme = section.required("name")
                        .flatMap(value -> value.text(LONGEST_NAME))
                        .orElse(Words.UNREAD);
                for (var inquiry : bounded(section.requiredSection("inquiries"))) {
                    inquiries.add(inquiry(inquiry, programme, names));
                }
                section.end();
            });
        }
        if (inquiries.stream().map(InquiryType::id).distinct().count() != inquiries.size()) {
            root.faults().add(root.place(), "an inquiry's id must be the only one in all programmes");
        }
        InquiriesFile file = new InquiriesFile(
                inquiries,
                places(root, "referrals", InquiriesFile::referral),
                places(
                        root,
                        "escalations",
                        (id, value) -> value.text(LONGEST_NAME).map(name -> new Place(id, name, Optional.empty()))));
        root.end();
        return file;
    }

    /// `id: name`, or `id: {name: ..., active: false}` for one that is not to be chosen any more.
    private static InquiryType inquiry(
            Map.Entry<String, YamlValue> entry, String programme, Map<String, String> names) {
        checkId(entry);
        YamlValue value = entry.getValue();
        Optional<YamlSection> section = value.isMapping() ? value.section() : Optional.empty();
        Optional<YamlValue> named = section.isPresent() ? section.get().required("name") : Optional.of(value);
        boolean active = section.flatMap(s -> s.optional("active"))
                .flatMap(YamlValue::flag)
                .orElse(true);
        section.ifPresent(YamlSection::end);
        String name = named.flatMap(n -> n.text(LONGEST_NAME)).orElse(Words.UNREAD);
        String earlier = names.put(name, entry.getKey());
        if (earlier != null && !name.equals(Words.UNREAD)) {
            value.fault("must have a name of its own, but " + Faults.quoted(earlier) + " is also called "
                    + Faults.quoted(name));
        }
        return new InquiryType(entry.getKey(), name, programme, active);
    }

    /// `id: name`, or `id: {name: ..., number: ...}` when callers can be transferred there.
    private static Optional<Place> referral(String id, YamlValue value) {
        if (!value.isMapping()) return value.text(LONGEST_NAME).map(name -> new Place(id, name, Optional.empty()));
        return value.section().flatMap(section -> {
            Optional<String> name = section.required("name").flatMap(found -> found.text(LONGEST_NAME));
            Optional<String> number = section.required("number")
                    .flatMap(found -> found.matching(NUMBER, "a telephone number of digits, with an optional +"));
            section.end();
            return name.map(found -> new Place(id, found, number));
        });
    }

    private static List<Placed<Place>> places(
            YamlSection root, String key, BiFunction<String, YamlValue, Optional<Place>> read) {
        List<Placed<Place>> places = new ArrayList<>();
        for (var entry : bounded(root.optional(key).flatMap(YamlValue::section))) {
            checkId(entry);
            read.apply(entry.getKey(), entry.getValue())
                    .ifPresent(place ->
                            places.add(new Placed<>(place, entry.getValue().place())));
        }
        return places;
    }

    private static void checkId(Map.Entry<String, YamlValue> entry) {
        if (!Words.ID.matcher(entry.getKey()).matches()) {
            entry.getValue().fault("this key must be " + Words.ID_ALLOWED);
        }
    }

    private static List<Map.Entry<String, YamlValue>> bounded(Optional<YamlSection> section) {
        List<Map.Entry<String, YamlValue>> entries =
                section.map(YamlSection::entries).orElse(List.of());
        if (entries.size() <= MOST_ENTRIES) return entries;
        YamlSection found = section.orElseThrow();
        found.faults().add(found.place(), "must have at most " + MOST_ENTRIES + " entries, but has " + entries.size());
        return List.of();
    }
}
