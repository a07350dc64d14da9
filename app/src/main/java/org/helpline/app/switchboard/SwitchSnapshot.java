package org.helpline.app.switchboard;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.app.switchboard.SwitchState.Consult;
import org.helpline.app.switchboard.SwitchState.DeviceLeg;
import org.helpline.app.switchboard.SwitchState.Listener;
import org.helpline.router.ContactId;
import org.helpline.router.LegId;
import org.helpline.router.RoutingSnapshot;

/// A [SwitchState] as pure data. Snapshots are kept: a component that is added must have a meaning when it is absent.
///
/// @param calls by contact
/// @param consults by contact
/// @param phones by owner
/// @param drainingSince since when no new calls are taken
/// @param referrals numbers to which agents handed callers on who are still here, by contact
public record SwitchSnapshot(
        RoutingSnapshot routing,
        List<Call> calls,
        SortedMap<LegId, DeviceLeg> devices,
        List<Consult> consults,
        SortedMap<LegId, Listener> listeners,
        List<PhoneRow> phones,
        Optional<Instant> drainingSince,
        SortedMap<ContactId, String> referrals) {
    public SwitchSnapshot {
        calls = List.copyOf(calls);
        devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
        consults = List.copyOf(consults);
        listeners = Collections.unmodifiableSortedMap(new TreeMap<>(listeners));
        phones = List.copyOf(phones);
        // Snapshots from before there was draining do not have it.
        drainingSince = drainingSince == null ? Optional.empty() : drainingSince;
        // Those from before referrals were kept do not have them.
        referrals = Collections.unmodifiableSortedMap(referrals == null ? new TreeMap<>() : new TreeMap<>(referrals));
    }

    /// Where its owner's browser can be called.
    public record PhoneRow(PhoneOwner owner, String address) {}
}
