package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.helpline.app.run.HelplineServer;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.router.ContactId;
import org.helpline.telephony.asterisk.AsteriskTrunk;
import org.helpline.telephony.asterisk.CuttableProxy;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The whole product on a real Asterisk, one Helpline for the tests of a class; and the people around it:
/// callers, desk phones, desktops. After each test everybody hangs up and signs out, and nothing may be left in
/// Asterisk.
final class HelplineSystem implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    static final String PASSWORD = "system-tests-only";
    static final String TOKEN_KEY = "a key for the tokens of system tests";
    private static final String SHIPPED_DEVICE_PORT = "5080";

    private final ConfigFolder config;
    private final Supplier<Integer> devicePorts;
    private final List<Caller> callers = new ArrayList<>();
    private final List<DeskPhone> phones = new ArrayList<>();
    private final Map<String, Desktop> desktops = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean watched;
    private boolean killable;
    private boolean ownAsterisk;
    private RedisSite redis;
    private CuttableProxy watch;
    private SharedAsterisk asterisk;
    private Path data;
    private HelplineProcess process;
    private Vertx vertx;
    private WebSocketClient sockets;
    private HelplineServer server;
    private int httpPort;
    private int devicePort;

    private HelplineSystem(ConfigFolder config, Supplier<Integer> devicePorts) {
        this.config = config;
        this.devicePorts = devicePorts;
    }

    /// Runs the configuration as it is shipped, desk phones at their shipped addresses.
    static HelplineSystem shipped() {
        return new HelplineSystem(null, () -> Integer.valueOf(SHIPPED_DEVICE_PORT));
    }

    /// Runs a changed copy of it, desk phones at free ports.
    static HelplineSystem of(ConfigFolder config) {
        return new HelplineSystem(config, Ports::udp);
    }

    /// Helpline watches the phones: an agent must have one that answers. Without this they are called blindly.
    HelplineSystem watched() {
        watched = true;
        return this;
    }

    /// Helpline runs in a process of its own, which can be killed and started again.
    HelplineSystem killable() {
        killable = true;
        return this;
    }

    /// With an Asterisk that no other test uses: it may be killed, too.
    HelplineSystem withItsOwnAsterisk() {
        ownAsterisk = true;
        return this;
    }

    /// Its journal is in this Redis, which ends with it.
    HelplineSystem over(RedisSite site) {
        redis = site;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        asterisk = ownAsterisk ? SharedAsterisk.another() : SharedAsterisk.of(context);
        data = asterisk.dataOfOneHelpline();
        devicePort = devicePorts.get();
        if (config != null) {
            config.change("helpline.yaml", ":" + SHIPPED_DEVICE_PORT, ":" + devicePort);
            config.change("agents.yaml", ":" + SHIPPED_DEVICE_PORT, ":" + devicePort);
        }
        vertx = Vertx.vertx();
        sockets = vertx.createWebSocketClient();
        httpPort = Ports.tcp();
        if (watched) {
            watch = new CuttableProxy(URI.create(asterisk.watchEnvironment().get("HELPLINE_ASTERISK_AMI_URL"))
                    .getPort());
        }
        if (killable) process = new HelplineProcess(configPath(), environment(), data.resolve("process.log"));
        start();
    }

    /// Starts Helpline, and returns when it serves.
    void start() throws Exception {
        if (killable) {
            process.start();
            return;
        }
        server = HelplineServer.start(
                new HelplineServer.Options(configPath(), environment(), HelplineServer.CarrierKind.ASTERISK, false),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    void stop() {
        if (process != null && process.running()) process.stop();
        if (server != null) server.stop();
        server = null;
    }

    /// Only when none serves already.
    void restart() throws Exception {
        if (server == null && (process == null || !process.running())) start();
    }

    /// `kill -9` of a Helpline in a process of its own.
    void kill() {
        process.kill();
    }

    /// The process that Helpline runs in, when it has one of its own.
    HelplineProcess process() {
        return process;
    }

    Path configPath() {
        return config == null ? ConfigFolder.shipped() : config.path();
    }

    /// The variables that Helpline is started with.
    Map<String, String> environment() {
        Map<String, String> environment = asterisk.environment();
        if (watched) {
            environment.putAll(asterisk.watchEnvironment());
            environment.put("HELPLINE_ASTERISK_AMI_URL", "tcp://127.0.0.1:" + watch.port());
        }
        if (redis != null) environment.put("HELPLINE_REDIS_URL", redis.url());
        environment.put("HELPLINE_DATA", data.toString());
        environment.put("HELPLINE_HTTP_PORT", Integer.toString(httpPort));
        environment.put("HELPLINE_DEMO_PASSWORD", PASSWORD);
        environment.put("HELPLINE_JWT_KEY", TOKEN_KEY);
        return environment;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        callers.forEach(Caller::close);
        phones.forEach(DeskPhone::close);
        callers.clear();
        phones.clear();
        nothingLeft();
        List.copyOf(desktops.keySet()).forEach(this::signOut);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
        if (process != null) process.close();
        vertx.close().await();
        if (watch != null) watch.close();
        if (redis != null) redis.close();
        if (config != null) config.delete();
        ConfigFolder.delete(data);
        if (ownAsterisk) asterisk.close();
    }

    // ---- people

    Caller caller() {
        return caller("12125550001");
    }

    Caller caller(String number) {
        Caller caller = new Caller(asterisk.sip(), "18005550100", number);
        callers.add(caller);
        return caller;
    }

    /// A caller in the SNAP queue, in Spanish.
    Caller snapCaller(String number) {
        return caller(number).chooses("21");
    }

    DeskPhone answeringPhone(int agent) {
        return with(DeskPhone.answering(agent, devicePort));
    }

    DeskPhone ringingPhone(int agent) {
        return with(DeskPhone.ringing(agent, devicePort));
    }

    DeskPhone busyPhone(int agent) {
        return with(DeskPhone.busy(agent, devicePort));
    }

    /// The connection through which phones are watched.
    CuttableProxy watch() {
        return watch;
    }

    private DeskPhone with(DeskPhone phone) {
        phones.add(phone);
        return phone;
    }

    /// Signs an agent in, or once more; the latest desktop counts.
    Desktop desktop(String agent) {
        return desktop(agent, "");
    }

    /// @param query such as `?after=17`
    Desktop desktop(String agent, String query) {
        Desktop desktop = new Desktop(sockets, httpPort, "/v1/agent" + query, token(agent));
        desktops.put(agent, desktop);
        return desktop;
    }

    Desktop desktopWith(String agent, String token) {
        Desktop desktop = new Desktop(sockets, httpPort, "/v1/agent", token);
        desktops.put(agent, desktop);
        return desktop;
    }

    /// A supervisor's page.
    Desktop supervisor(String user) {
        return Desktop.ofSupervisor(sockets, httpPort, token(user));
    }

    private void signOut(String agent) {
        Desktop last = desktops.remove(agent);
        Desktop desktop = last.open() ? last : new Desktop(sockets, httpPort, "/v1/agent", token(agent));
        until(agent + " is signed out", () -> {
            JsonObject answer = desktop.ask("sign-out");
            if (!answer.getString("reason", "").equals("wrap-up"))
                return answer.getString("type").equals("done");
            // The refusal names the contact.
            desktop.wrapUp(answer.getString("message")
                    .replaceFirst(".* wraps up contact ", "")
                    .replaceFirst(";.*", ""));
            return false;
        });
    }

    // ---- HTTP

    int httpPort() {
        return httpPort;
    }

    AsteriskTrunk trunk() {
        return asterisk.trunk();
    }

    SharedAsterisk asterisk() {
        return asterisk;
    }

    /// The folder in which this Helpline keeps what outlives it.
    Path data() {
        return data;
    }

    InetSocketAddress sip() {
        return asterisk.sip();
    }

    WebSocketClient sockets() {
        return sockets;
    }

    String token(String user) {
        HttpResponse<String> answer = login(user, PASSWORD);
        assertEquals(200, answer.statusCode(), answer::body);
        return new JsonObject(answer.body()).getString("token");
    }

    HttpResponse<String> login(String user, String password) {
        return exchange(HttpRequest.newBuilder(uri("/v1/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(new JsonObject()
                        .put("user", user)
                        .put("password", password)
                        .encode()))
                .build());
    }

    /// Whether it is ready for calls: the carrier is connected.
    boolean ready() {
        return exchange(HttpRequest.newBuilder(uri("/health/ready")).build()).statusCode() == 200;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// The value of a metric with exactly these words in its labels; 0 when it is not there yet.
    double metric(String name, String... labels) {
        return exchange(HttpRequest.newBuilder(uri("/metrics")).build())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    // ---- Asterisk

    /// No channel and no bridge in Asterisk.
    void nothingLeft() {
        until("no channel is left", () -> ari("channels").isEmpty());
        until("no bridge is left", () -> ari("bridges").isEmpty());
    }

    /// What is written of a contact in the database of this Helpline.
    Optional<ContactRecord> record(ContactId contact) {
        try (RecordDatabase database = new RecordDatabase(new DatabaseAddress.Embedded(data.resolve("records.db")))) {
            return new RecordQueries(database).find(contact);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    JsonArray ari(String resource) {
        return new JsonArray(ariExchange(resource, "GET").body());
    }

    void ariPost(String resource) {
        ariExchange(resource, "POST");
    }

    HttpResponse<String> ariExchange(String resource, String method) {
        Map<String, String> address = asterisk.environment();
        String account = address.get("HELPLINE_ASTERISK_USER") + ":" + address.get("HELPLINE_ASTERISK_PASSWORD");
        HttpResponse<String> answer =
                exchange(HttpRequest.newBuilder(URI.create(address.get("HELPLINE_ASTERISK_URL") + "/ari/" + resource))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)))
                        .build());
        assertEquals(2, answer.statusCode() / 100, answer::body);
        return answer;
    }

    /// A desk phone's call carries the contact it is about.
    static String contactOf(SipCall call) {
        return call.invite().header("X-Helpline-Contact").orElse("none");
    }
}
