package org.helpline.app.observe;

import io.micrometer.core.instrument.Tag;
import java.util.List;
import org.helpline.router.HelplineId;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;

/// The labels that figures of contacts have. Each comes from the configuration, so there are only so many;
/// what is personal or free, such as the topic, is never among them.
record ContactRow(String helpline, String queue, String language, String modality) {
    static final ContactRow OTHER =
            new ContactRow(BoundedWords.OTHER, BoundedWords.OTHER, BoundedWords.OTHER, BoundedWords.OTHER);

    static ContactRow of(HelplineId helpline, QueueId queue, Requirements requirements) {
        return new ContactRow(
                helpline.value(), queue.value(), requirements.language().tag(), Meters.word(requirements.modality()));
    }

    List<Tag> tags() {
        return List.of(
                Tag.of("helpline", helpline),
                Tag.of("queue", queue),
                Tag.of("language", language),
                Tag.of("modality", modality));
    }

    List<Tag> and(String name, String value) {
        return List.of(
                Tag.of("helpline", helpline),
                Tag.of("queue", queue),
                Tag.of("language", language),
                Tag.of("modality", modality),
                Tag.of(name, value));
    }
}
