package org.helpline.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;

/// Replays a journal in a JVM of its own: `FreshReplay FILE SEQ...` prints the digest of a fresh state at
/// each of them.
final class FreshReplay {
    private FreshReplay() {}

    public static void main(String[] args) throws IOException {
        JsonEventCodec codec = new JsonEventCodec();
        List<DomainEvent> events = JournalLines.entries(Path.of(args[0])).stream()
                .map(entry -> JournalLines.decode(codec, entry))
                .toList();
        Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).forEach(cut -> {
            SwitchState state = new SwitchState();
            events.subList(0, cut).forEach(state::apply); // the first entry has seq 1
            System.out.println(cut + " " + state.digest());
        });
    }
}
