package org.helpline.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.router.ContactId;

/// A state in lines of text that later releases can still write: what they add to the state is left out here,
/// so the outline of an old journal never changes. Lines may be added at the end of each kind, none changed.
final class Outline {
    private Outline() {}

    static List<String> of(SwitchState state) {
        List<String> lines = new ArrayList<>();
        state.routing().agents().forEach(agent -> {
            String id = agent.settings().id().value();
            lines.add("agent " + id + ' ' + agent.state() + ' ' + word(agent.reason()) + " since " + agent.since()
                    + (agent.connected() ? " connected" : " away") + " contact "
                    + word(agent.contact().map(ContactId::value)));
        });
        state.routing().contacts().forEach(contact -> {
            lines.add("contact " + contact.id() + ' ' + contact.state() + ' ' + contact.queue() + ' '
                    + contact.requirements().language() + " waits since " + contact.waitingSince() + " agent "
                    + word(contact.agent()) + " offer " + word(contact.offer()) + " leg " + word(contact.leg())
                    + " need " + word(contact.context().need()));
        });
        state.calls()
                .forEach(call -> lines.add("call " + call.contact() + ' ' + call.leg() + ' '
                        + call.flow().phase() + " node " + word(call.flow().node()) + " language "
                        + word(call.flow().language()) + " joined " + word(call.bridged())));
        state.devices()
                .forEach((leg, device) -> lines.add("device " + leg + ' ' + device.agent() + ' ' + device.contact()
                        + (device.up() ? " up" : " rings")));
        state.routing()
                .timers()
                .forEach(timer -> lines.add(
                        "timer " + timer.key().kind() + ' ' + timer.key().subject() + " due " + timer.due()));
        return lines;
    }

    private static String word(Optional<?> value) {
        return value.map(Object::toString).orElse("-");
    }
}
