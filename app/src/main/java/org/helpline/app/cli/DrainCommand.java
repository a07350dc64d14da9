package org.helpline.app.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.helpline.config.Configuration;
import org.helpline.config.ConfigurationException;
import org.helpline.config.ConfigurationReader;
import org.helpline.config.HttpSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `helpline drain`.
@Command(
        name = "drain",
        description = "Lets the Helpline on this machine take no new calls and serve those it has to the end.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "New callers are handed back to the switch, which tells them where to call or lets them wait. It lasts until",
            "--cancel, beyond a restart too; ending this command changes nothing. Whoever can read operator.key in the",
            "data folder may use it."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:as asked; with --wait: nothing is left",
            "1:Helpline does not answer, or refuses",
            "2:wrong arguments or configuration"
        })
final class DrainCommand implements Callable<Integer> {
    private static final int PATIENCE_S = 10;
    private static final long LOOK_EVERY_MS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FOLDER",
            description = "Configuration (default: HELPLINE_CONFIG, else ./config).")
    private Path config;

    @Option(names = "--cancel", description = "Take new calls again.")
    private boolean cancel;

    @Option(names = "--stop", description = "Helpline stops when nothing is left.")
    private boolean stop;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until nothing is left, and say how it goes (default); --no-wait: return at once.")
    private boolean waits;

    @Option(names = "--json", description = "Print what the server says, one JSON object on a line.")
    private boolean json;

    private String printed = "";

    @Override
    public Integer call() throws InterruptedException {
        if (cancel && stop) throw new ParameterException(spec.commandLine(), "--cancel and --stop exclude each other");
        Path folder = config != null ? config : Path.of(System.getenv().getOrDefault("HELPLINE_CONFIG", "config"));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Configuration configuration = ConfigurationReader.read(folder, System.getenv());
            return drain(new Server(vertx, configuration));
        } catch (ConfigurationException e) {
            return fail(2, "the configuration is faulty: " + e.getMessage());
        } catch (IOException e) {
            return fail(1, e.getMessage());
        } finally {
            vertx.close();
        }
    }

    private int drain(Server server) throws IOException, InterruptedException {
        JsonObject now = cancel
                ? server.ask(HttpMethod.DELETE, null)
                : server.ask(HttpMethod.POST, new JsonObject().put("stop", stop));
        print(now);
        while (!cancel && waits && !now.getBoolean("done")) {
            Thread.sleep(LOOK_EVERY_MS);
            try {
                now = server.ask(HttpMethod.GET, null);
            } catch (Gone gone) {
                // It stops within a second after nothing was left, perhaps before that was seen from here.
                if (!stop) throw gone;
                say("Helpline has stopped.");
                return 0;
            }
            if (!now.getBoolean("draining")) return fail(1, "new calls are taken again: somebody has cancelled it");
            print(now);
        }
        if (!cancel && !json && now.getBoolean("done")) {
            say(
                    stop
                            ? "Helpline stops. It still drains when it is started again, until --cancel."
                            : "Nothing is left.");
        }
        return 0;
    }

    private void print(JsonObject now) {
        String text = json ? now.encode() : words(now);
        if (!text.equals(printed)) say(text);
        printed = text;
    }

    static String words(JsonObject now) {
        if (!now.getBoolean("draining")) return "New calls are taken.";
        return "No new calls are taken. In the menus: " + now.getInteger("inFlow") + ", waiting: "
                + now.getInteger("waiting") + ", talking: " + now.getInteger("talking") + ", wrap-ups: "
                + now.getInteger("wrapUps");
    }

    private void say(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    private int fail(int code, String why) {
        spec.commandLine().getErr().println("helpline: " + why);
        spec.commandLine().getErr().flush();
        return code;
    }

    /// It cannot be reached.
    private static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        Gone(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The Helpline that this configuration describes, on this machine.
    private static final class Server {
        private final HttpClient client;
        private final HttpSettings http;
        private final String key;

        Server(Vertx vertx, Configuration configuration) throws IOException {
            http = configuration.http();
            Path file = configuration.data().resolve("operator.key");
            if (!Files.isReadable(file)) {
                throw new IOException("cannot read " + file.toAbsolutePath()
                        + ": is Helpline running, and may you read its data folder?");
            }
            key = Files.readString(file).strip();
            HttpClientOptions options = new HttpClientOptions();
            // Nobody else can listen at this address: the certificate is known, whatever name it is for.
            http.tlsCertificate()
                    .ifPresent(certificate -> options.setSsl(true)
                            .setVerifyHost(false)
                            .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString())));
            client = vertx.createHttpClient(options);
        }

        JsonObject ask(HttpMethod method, JsonObject body) throws IOException {
            boolean any = http.host().equals("0.0.0.0") || http.host().equals("::");
            String host = any ? "127.0.0.1" : http.host();
            RequestOptions request = new RequestOptions()
                    .setMethod(method)
                    .setHost(host)
                    .setPort(http.port())
                    .setURI("/v1/drain")
                    .putHeader("Authorization", "Operator " + key)
                    .putHeader("Content-Type", "application/json");
            Future<JsonObject> asked = client.request(request)
                    .compose(open -> body == null ? open.send() : open.send(body.toBuffer()))
                    .compose(answer ->
                            answer.body().map(text -> new JsonObject(text).put("httpStatus", answer.statusCode())));
            JsonObject answer;
            try {
                answer = asked.await(PATIENCE_S, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new Gone("no answer from " + host + ":" + http.port() + " within " + PATIENCE_S + " s", e);
            } catch (RuntimeException e) {
                throw new Gone("cannot reach Helpline at " + host + ":" + http.port() + ": " + e.getMessage(), e);
            } catch (Exception e) {
                // What a future failed with comes as it is.
                throw new Gone("cannot reach Helpline at " + host + ":" + http.port() + ": " + e.getMessage(), e);
            }
            int status = (Integer) answer.remove("httpStatus");
            if (status != 200) throw new IOException("refused: " + answer.getString("detail"));
            return answer;
        }
    }
}
