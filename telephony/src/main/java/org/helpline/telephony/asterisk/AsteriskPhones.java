package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
import java.util.concurrent.TimeUnit;
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

    private final Vertx vertx;
    private final AsteriskSettings settings;
    private final SipObjects objects;
    private final Requests requests;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    /// Those of an earlier run that no page has come back to.
    private final Set<String> unclaimed = new HashSet<>();

    private final Promise<Void> caughtUp = Promise.promise();
    private Consumer<PhoneEvent> listener = event -> {};

    private record Account(PhoneAccount credentials, Set<String> contacts) {}

    AsteriskPhones(Vertx vertx, AsteriskSettings settings, SipObjects objects, Requests requests) {
        this.vertx = vertx;
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
            unclaimed.remove(own.get());
            return Future.succeededFuture(kept.get().credentials);
        }
        if (own.isPresent() && !caughtUp.future().isComplete()) {
            // It may be one that an earlier run made: what that left behind is not known yet.
            return caughtUp.future()
                    .timeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .compose(_ -> make(owner, keep));
        }
        if (accounts.size() >= MOST) {
            return Future.failedFuture(new CallControlException(
                    Kind.OVERLOADED, accounts.size() + " browsers are phones, at most " + MOST + " may be"));
        }
        String endpoint = own.orElseGet(() -> PhoneAccount.newEndpoint(owner));
        PhoneAccount made = account(endpoint, PhoneAccount.newPassword());
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
        unclaimed.remove(endpoint);
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

    /// Asterisk does not say what it holds.
    void connectedBlindly() {
        caughtUp.tryComplete();
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
        List<Future<Void>> found = held.keySet().stream()
                .filter(PhoneAccount::isEndpoint)
                .filter(endpoint -> !accounts.containsKey(endpoint))
                .map(this::adopt)
                .toList();
        Future.join(found).onComplete(_ -> caughtUp.tryComplete());
    }

    /// An account of an earlier run, unless it is of another Helpline. Its page can register there again, and its call
    /// goes on. Asterisk alone knew the password meanwhile. Nobody is there now: the page's connection went through
    /// the process that has ended.
    private Future<Void> adopt(String endpoint) {
        List<Future<AriResponse>> answers = requests.send(List.of(
                AriRequest.get(path(SipObject.Type.ENDPOINT, endpoint)),
                AriRequest.get(path(SipObject.Type.AUTH, endpoint))));
        return Future.all(answers).compose(_ -> {
            AriResponse found = answers.getFirst().result();
            AriResponse auth = answers.getLast().result();
            if (!found.ok() || !isOurs(new JsonArray(found.body())) || accounts.containsKey(endpoint)) {
                return Future.succeededFuture();
            }
            String password = auth.ok() ? field(new JsonArray(auth.body()), "password") : "";
            return password.isEmpty() || accounts.size() >= MOST ? reap(endpoint) : adopt(account(endpoint, password));
        });
    }

    private Future<Void> adopt(PhoneAccount account) {
        String endpoint = account.endpoint();
        accounts.put(endpoint, new Account(account, new HashSet<>()));
        unclaimed.add(endpoint);
        LOG.info("phone={} was left behind; it waits for its page", endpoint);
        vertx.setTimer(settings.unclaimedPhones().toMillis(), _ -> {
            if (unclaimed.contains(endpoint)) {
                LOG.info("phone={}: no page has come back", endpoint);
                remove(endpoint);
            }
        });
        return define(account).onFailure(failure -> {
            LOG.warn("phone={} could not be kept: {}", endpoint, failure.getMessage());
            remove(endpoint);
        });
    }

    private PhoneAccount account(String endpoint, String password) {
        return new PhoneAccount(endpoint, endpoint, password, settings.url().getHost(), TECHNOLOGY + "/" + endpoint);
    }

    private Future<Void> reap(String endpoint) {
        LOG.info("phone={} was left behind; deleting it", endpoint);
        return Future.join(requests.send(List.of(
                        AriRequest.delete(path(SipObject.Type.ENDPOINT, endpoint)),
                        AriRequest.delete(path(SipObject.Type.AOR, endpoint)),
                        AriRequest.delete(path(SipObject.Type.AUTH, endpoint)))))
                .mapEmpty();
    }

    private boolean isOurs(JsonArray fields) {
        return settings.application().equals(field(fields, "accountcode"));
    }

    private static String field(JsonArray fields, String name) {
        return fields.stream()
                .map(JsonObject.class::cast)
                .filter(field -> name.equals(field.getString("attribute")))
                .map(field -> field.getString("value", ""))
                .findFirst()
                .orElse("");
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
