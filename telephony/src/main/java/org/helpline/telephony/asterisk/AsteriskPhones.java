package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.PhoneAccount;
import org.helpline.telephony.PhoneAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accounts as PJSIP objects in Asterisk's memory. What their endpoints are like is said once, in `pjsip.conf`: the
/// endpoint `web` is their pattern.
///
/// Asterisk is asked to report each one's contacts: an account with a contact can be called. Its endpoint's own state
/// is asked for at a new connection only, because it stays online when the contact of a browser ends with its
/// connection (22.10).
final class AsteriskPhones implements PhoneAccounts {
    /// Each is three objects that [SipObjects] keeps.
    static final int MOST = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AsteriskPhones.class);
    private static final String TECHNOLOGY = "PJSIP";
    private static final String PATTERN = "web";
    /// Stands for the contact of an endpoint of which we only know that it is online.
    private static final String SOME_CONTACT = "";

    /// What is taken over from the pattern.
    private static final Set<String> TAKEN_OVER = Set.of(
            "context",
            "transport",
            "webrtc",
            "direct_media",
            "media_address",
            "bind_rtp_to_media_address",
            "rewrite_contact",
            "max_audio_streams",
            "max_video_streams",
            "dtmf_mode",
            "rtp_timeout",
            "rtp_timeout_hold",
            "allow_transfer",
            "allow_subscribe",
            "send_pai",
            "timers",
            "moh_suggest",
            "tos_audio",
            "tos_video",
            "cos_audio",
            "cos_video");

    private final AsteriskSettings settings;
    private final SipObjects objects;
    private final Requests requests;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private Consumer<PhoneEvent> listener = event -> {};

    private record Account(PhoneAccount credentials, Set<String> contacts) {}

    AsteriskPhones(AsteriskSettings settings, SipObjects objects, Requests requests) {
        this.settings = settings;
        this.objects = objects;
        this.requests = requests;
    }

    @Override
    public void listen(Consumer<PhoneEvent> told) {
        listener = told;
    }

    @Override
    public Future<PhoneAccount> make(String owner, Optional<String> keep) {
        Optional<String> own = keep.filter(name -> PhoneAccount.isEndpointOf(owner, name));
        Optional<Account> kept = own.map(accounts::get);
        if (kept.isPresent()) {
            return Future.succeededFuture(kept.get().credentials);
        }
        if (accounts.size() >= MOST) {
            return Future.failedFuture(new CallControlException(
                    Kind.OVERLOADED, accounts.size() + " browsers are phones, at most " + MOST + " may be"));
        }
        String endpoint = own.orElseGet(() -> PhoneAccount.newEndpoint(owner));
        PhoneAccount made = new PhoneAccount(
                endpoint, endpoint, PhoneAccount.newPassword(), settings.url().getHost(), TECHNOLOGY + "/" + endpoint);
        accounts.put(endpoint, new Account(made, new HashSet<>()));
        return define(made)
                .onSuccess(done -> LOG.info("phone={} made", endpoint))
                .onFailure(failure -> {
                    LOG.warn("phone={} could not be made: {}", endpoint, failure.getMessage());
                    accounts.remove(endpoint);
                    objects.remove(endpoint);
                })
                .map(made);
    }

    @Override
    public Future<Void> remove(String endpoint) {
        Account account = accounts.remove(endpoint);
        if (account == null) {
            return Future.succeededFuture();
        }
        LOG.info("phone={} removed", endpoint);
        if (!account.contacts.isEmpty()) {
            listener.accept(new PhoneEvent.Gone(endpoint));
        }
        requests.send(subscription("DELETE", endpoint));
        return objects.remove(endpoint);
    }

    // Asterisk's objects

    private Future<Void> define(PhoneAccount account) {
        return requests.send(AriRequest.get(path(SipObject.Type.ENDPOINT, PATTERN)))
                .compose(pattern -> pattern.ok()
                        ? objects.define(List.of(
                                new SipObject(SipObject.Type.AUTH, account.endpoint(), auth(account)),
                                new SipObject(
                                        SipObject.Type.AOR,
                                        account.endpoint(),
                                        new TreeMap<>(Map.of("max_contacts", "1", "remove_existing", "yes"))),
                                new SipObject(
                                        SipObject.Type.ENDPOINT,
                                        account.endpoint(),
                                        endpoint(new JsonArray(pattern.body()), account))))
                        : noPattern())
                .compose(done -> requests.send(subscription("POST", account.endpoint())))
                .compose(answer -> answer.ok()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new CallControlException(
                                Kind.REFUSED, "no reports on it: " + answer.status() + " " + answer.body())));
    }

    private static <T> Future<T> noPattern() {
        return Future.failedFuture(new CallControlException(
                Kind.UNSUPPORTED, "pjsip.conf has no endpoint '" + PATTERN + "', the pattern of browsers' endpoints"));
    }

    private static SortedMap<String, String> auth(PhoneAccount account) {
        return new TreeMap<>(Map.of(
                "auth_type", "userpass",
                "username", account.user(),
                "password", account.password()));
    }

    private SortedMap<String, String> endpoint(JsonArray pattern, PhoneAccount account) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (Object entry : pattern) {
            JsonObject field = (JsonObject) entry;
            String name = field.getString("attribute", "");
            String value = field.getString("value", "");
            if (TAKEN_OVER.contains(name) && !value.isEmpty()) {
                fields.put(name, value);
            }
            if (name.equals("allow")) {
                // It is shown as (opus|ulaw). '!all' first: in this order a separate 'disallow' would come too late.
                fields.put("allow", "!all," + value.replaceAll("[()]", "").replace('|', ','));
            }
        }
        fields.put("auth", account.endpoint());
        fields.put("aors", account.endpoint());
        fields.put("identify_by", "username");
        // Whose it is: another Helpline at the same Asterisk leaves it alone.
        fields.put("accountcode", settings.application());
        return fields;
    }

    private static String path(SipObject.Type type, String name) {
        return "asterisk/config/dynamic/res_pjsip/" + type.word() + "/" + AriRequest.segment(name);
    }

    private AriRequest subscription(String method, String endpoint) {
        String uri = AriRequest.post(
                        "applications/" + settings.application() + "/subscription",
                        "eventSource",
                        "endpoint:" + TECHNOLOGY + "/" + endpoint)
                .uri();
        return new AriRequest(method, uri, Optional.empty());
    }

    // Catching up at a connection, at which all objects were made again

    /// What there is at Asterisk: names of endpoints, and whether each is online. Empty when it does not say.
    Future<Optional<Map<String, Boolean>>> read(Requests connection) {
        List<AriRequest> batch = new ArrayList<>();
        accounts.keySet().forEach(endpoint -> batch.add(subscription("POST", endpoint)));
        batch.add(AriRequest.get("endpoints/" + TECHNOLOGY));
        return connection
                .send(batch)
                .getLast()
                .map(answer -> answer.ok() && !answer.body().isEmpty()
                        ? Optional.of(endpoints(new JsonArray(answer.body())))
                        : Optional.empty());
    }

    private static Map<String, Boolean> endpoints(JsonArray listed) {
        Map<String, Boolean> found = new HashMap<>();
        for (Object entry : listed) {
            JsonObject endpoint = (JsonObject) entry;
            found.put(endpoint.getString("resource", ""), "online".equals(endpoint.getString("state")));
        }
        return found;
    }

    void connected(Map<String, Boolean> held) {
        accounts.forEach((endpoint, account) -> {
            boolean online = held.getOrDefault(endpoint, false);
            if (online != !account.contacts.isEmpty()) {
                changed(endpoint, account, contacts -> {
                    contacts.clear();
                    if (online) {
                        contacts.add(SOME_CONTACT);
                    }
                });
            }
        });
        held.keySet().stream()
                .filter(PhoneAccount::isEndpoint)
                .filter(endpoint -> !accounts.containsKey(endpoint))
                .forEach(this::reap);
    }

    /// An account of an earlier run of ours, unless it is of another Helpline.
    private void reap(String endpoint) {
        requests.send(AriRequest.get(path(SipObject.Type.ENDPOINT, endpoint))).onSuccess(answer -> {
            if (answer.ok() && isOurs(new JsonArray(answer.body())) && !accounts.containsKey(endpoint)) {
                LOG.info("phone={} was left behind; deleting it", endpoint);
                requests.send(List.of(
                        AriRequest.delete(path(SipObject.Type.ENDPOINT, endpoint)),
                        AriRequest.delete(path(SipObject.Type.AOR, endpoint)),
                        AriRequest.delete(path(SipObject.Type.AUTH, endpoint))));
            }
        });
    }

    private boolean isOurs(JsonArray fields) {
        return fields.stream()
                .map(JsonObject.class::cast)
                .anyMatch(field -> "accountcode".equals(field.getString("attribute"))
                        && settings.application().equals(field.getString("value")));
    }

    // What Asterisk reports

    void handle(JsonObject event) {
        if (!"ContactStatusChange".equals(event.getString("type"))) {
            return;
        }
        String endpoint = event.getJsonObject("endpoint", new JsonObject()).getString("resource", "");
        Account account = accounts.get(endpoint);
        if (account == null) {
            return;
        }
        JsonObject contact = event.getJsonObject("contact_info", new JsonObject());
        String uri = contact.getString("uri", "");
        boolean there =
                switch (contact.getString("contact_status", "")) {
                    case "Removed", "Unreachable" -> false;
                    default -> true;
                };
        changed(endpoint, account, contacts -> {
            contacts.remove(SOME_CONTACT);
            if (there) {
                contacts.add(uri);
            } else {
                contacts.remove(uri);
            }
        });
    }

    private void changed(String endpoint, Account account, Consumer<Set<String>> change) {
        boolean before = !account.contacts.isEmpty();
        change.accept(account.contacts);
        boolean now = !account.contacts.isEmpty();
        if (before == now) {
            return;
        }
        LOG.info("phone={} {}", endpoint, now ? "registered" : "gone");
        listener.accept(now ? new PhoneEvent.Registered(endpoint) : new PhoneEvent.Gone(endpoint));
    }
}
