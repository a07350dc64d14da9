package org.helpline.app.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.OwnerContext;
import org.helpline.app.switchboard.PhoneOwner;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.gateway.UserDirectory;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.gateway.UserDirectory.User;
import org.helpline.gateway.sip.BrowserPhones;
import org.helpline.router.SupervisorId;
import org.helpline.telephony.PhoneAccount;
import org.helpline.telephony.PhoneAccounts;

/// Brings gateway, carrier and switchboard together over browsers that are phones: the gateway asks for accounts by
/// user, the carrier tells which of them can be called, the switchboard hears whose they are.
final class PhoneBook implements BrowserPhones {
    private final PhoneAccounts accounts;
    private final URI server;
    private final Supplier<UserDirectory> users;
    private final DomainOwner owner;
    private final Context ownerContext;
    /// By endpoint. On the owner's context.
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(String address, List<PhoneOwner> owners) {}

    /// @param server the carrier's SIP WebSocket
    PhoneBook(
            PhoneAccounts accounts,
            URI server,
            Supplier<UserDirectory> users,
            DomainOwner owner,
            Context ownerContext) {
        this.accounts = accounts;
        this.server = server;
        this.users = users;
        this.owner = owner;
        this.ownerContext = ownerContext;
        ownerContext.runOnContext(_ -> accounts.listen(this::changed));
    }

    @Override
    public URI server() {
        return server;
    }

    @Override
    public Future<Account> make(String user, Optional<String> keep) {
        List<PhoneOwner> owners = users.get().find(user).map(PhoneBook::owners).orElse(List.of());
        return OwnerContext.ask(
                ownerContext,
                () -> accounts.make(user, keep).map(made -> {
                    entries.put(made.endpoint(), new Entry(made.address(), owners));
                    return account(made);
                }));
    }

    private static Account account(PhoneAccount made) {
        return new Account(made.endpoint(), made.user(), made.password(), made.domain());
    }

    private static List<PhoneOwner> owners(User user) {
        List<PhoneOwner> owners = new ArrayList<>();
        if (user.roles().contains(Role.AGENT)) user.agent().map(PhoneOwner::of).ifPresent(owners::add);
        if (user.roles().contains(Role.SUPERVISOR)) owners.add(PhoneOwner.of(new SupervisorId(user.name())));
        return owners;
    }

    @Override
    public Future<Void> remove(String endpoint) {
        return OwnerContext.ask(ownerContext, () -> {
            // It tells that the phone is gone, and for that it is still to be found.
            Future<Void> removed = accounts.remove(endpoint);
            entries.remove(endpoint);
            return removed;
        });
    }

    private void changed(PhoneAccounts.PhoneEvent event) {
        Entry entry = entries.get(event.endpoint());
        if (entry == null) return;
        for (PhoneOwner phoneOwner : entry.owners()) {
            owner.phone(
                    switch (event) {
                        case PhoneAccounts.PhoneEvent.Registered _ ->
                            new SwitchInput.PhoneRegistered(phoneOwner, entry.address());
                        case PhoneAccounts.PhoneEvent.Gone _ -> new SwitchInput.PhoneGone(phoneOwner, entry.address());
                    });
        }
    }
}
