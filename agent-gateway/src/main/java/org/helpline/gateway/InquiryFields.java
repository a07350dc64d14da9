package org.helpline.gateway;

import java.util.List;
import java.util.Optional;
import org.helpline.gateway.Catalogue.InquiryType;
import org.helpline.gateway.Catalogue.Place;
import org.helpline.gateway.MessageFields.Invalid;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;

/// Reads the inquiries of a wrap-up and holds them against the lists that are configured. An id or a name is taken;
/// what goes on is the name, as it was published at that time.
final class InquiryFields {
    private static final int MOST = 5;
    private static final int LONGEST_TEXT = 100;
    private static final int LONGEST_NOTES = 2_000;

    private final Catalogue catalogue;

    InquiryFields(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    List<Inquiry> read(MessageFields fields, String field) throws Invalid {
        return fields.objects(field, 1, MOST, this::inquiry);
    }

    private Inquiry inquiry(MessageFields fields) throws Invalid {
        String what = inquiry(fields, fields.required("inquiry", LONGEST_TEXT));
        InquiryOutcome outcome = fields.choice("outcome", InquiryOutcome.class);
        Optional<String> escalatedTo = place(fields, "escalatedTo", catalogue.escalations(), "an escalation");
        if (outcome == InquiryOutcome.RESOLVED && escalatedTo.isPresent()) {
            throw fields.invalid("escalatedTo", escalatedTo.get(), "absent with outcome resolved");
        }
        return new Inquiry(
                what,
                outcome,
                escalatedTo,
                place(fields, "referredTo", catalogue.referrals(), "a referral"),
                fields.optionalText("notes", LONGEST_NOTES));
    }

    private String inquiry(MessageFields fields, String given) throws Invalid {
        if (catalogue.inquiries().isEmpty()) return given;
        return catalogue.inquiries().stream()
                .filter(InquiryType::active)
                .filter(type -> type.id().equals(given) || type.name().equals(given))
                .map(InquiryType::name)
                .findFirst()
                .orElseThrow(() ->
                        fields.invalid("inquiry", given, "the id or the name of an active inquiry of /v1/inquiries"));
    }

    private static Optional<String> place(MessageFields fields, String field, List<Place> places, String what)
            throws Invalid {
        Optional<String> given = fields.optional(field, LONGEST_TEXT);
        if (given.isEmpty() || places.isEmpty()) return given;
        String word = given.get();
        return Optional.of(places.stream()
                .filter(place -> place.id().equals(word) || place.name().equals(word))
                .map(Place::name)
                .findFirst()
                .orElseThrow(() -> fields.invalid(field, word, "the id or the name of " + what + " of /v1/inquiries")));
    }
}
