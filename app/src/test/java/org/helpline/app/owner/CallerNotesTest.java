package org.helpline.app.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.store.CallerMemory;
import org.helpline.store.CallerMemory.Contact;
import org.helpline.store.CallerMemory.Known;
import org.helpline.store.CallerMemory.Settings;
import org.helpline.store.InMemoryCallerMemory;
import org.junit.jupiter.api.Test;

class CallerNotesTest {
    private static final Instant AT = Instant.parse("2026-11-24T09:00:00Z");
    private static final ContactId ID = new ContactId("c1");

    private final CallerMemory memory = new InMemoryCallerMemory(
            new InMemoryCallerMemory.Contents(), Settings.DEFAULT, () -> AT.plus(Duration.ofMinutes(5)));
    private final List<Boolean> kept = new ArrayList<>();
    private final CallerNotes notes =
            new CallerNotes(memory, number -> Optional.of("key of " + number), new CallerWatch() {
                @Override
                public void asked(Answer how, Duration took) {}

                @Override
                public void remembered(boolean done) {
                    kept.add(done);
                }
            });

    @Test
    void aContactIsRememberedWhenItsCallerIsGone() {
        arrives(Optional.of("1"));
        tell(new FlowEvent.FlowStarted(AT, "f", new SpokenLanguage("en")));
        tell(new FlowEvent.LanguageChosen(AT, new SpokenLanguage("es")));
        assertEquals(Known.NOTHING, known());
        leaves();
        assertEquals(
                new Known(Optional.of("es"), List.of(new Contact(AT, "social-services", Optional.empty()))), known());
        assertEquals(List.of(true), kept);
    }

    @Test
    void theLanguageThatACallBeginsWithIsNoChoice() {
        arrives(Optional.of("1"));
        tell(new FlowEvent.FlowStarted(AT, "f", new SpokenLanguage("en"), Optional.of(new SpokenLanguage("es"))));
        leaves();
        assertEquals(Optional.empty(), known().language());
    }

    @Test
    void whoWithholdsTheNumberIsNotRemembered() {
        arrives(Optional.empty());
        tell(new FlowEvent.LanguageChosen(AT, new SpokenLanguage("es")));
        leaves();
        assertEquals(List.of(), kept);
    }

    @Test
    void aCallTooManyIsNotRemembered() {
        arrives(Optional.of("1"));
        tell(new FlowEvent.LimitReached(AT, "limit-all"));
        leaves();
        assertEquals(List.of(), kept);
        assertEquals(Known.NOTHING, known());
    }

    private void arrives(Optional<String> number) {
        notes.onEvents(List.of(
                new DomainEvent.CallerArrived(AT, ID, "leg", new HelplineId("social-services"), "100", number)));
    }

    private void tell(FlowEvent event) {
        notes.onEvents(List.of(new DomainEvent.Flow(ID, event)));
    }

    private void leaves() {
        notes.onEvents(List.of(new DomainEvent.CallerGone(AT, ID)));
    }

    private Known known() {
        return memory.arrived(Optional.of("key of 1")).result().known();
    }
}
