package org.helpline.app.run;

import static org.helpline.app.run.Waits.settle;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.http.HealthRoutes;
import org.helpline.app.observe.Instruments;
import org.helpline.app.observe.TransitionLog;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.owner.GatewayFeed;
import org.helpline.app.owner.OwnerContext;
import org.helpline.app.owner.OwnerPort;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.owner.VertxScheduler;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.config.Configuration;
import org.helpline.config.ConfigurationException;
import org.helpline.config.ConfigurationReader;
import org.helpline.config.HttpSettings;
import org.helpline.gateway.AgentGateway;
import org.helpline.gateway.CallerHistory;
import org.helpline.gateway.Catalogue;
import org.helpline.gateway.GatewayPorts;
import org.helpline.gateway.GatewaySettings;
import org.helpline.gateway.UserDirectory;
import org.helpline.records.NumberHashes;
import org.helpline.router.Input;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The composition root: everything that makes one running Helpline, put together in one place.
public final class HelplineServer {
    private static final Logger log = LoggerFactory.getLogger(HelplineServer.class);

    private static final Duration AUDIT_EVERY = Duration.ofSeconds(30);
    private static final Duration RELOAD_EVERY = Duration.ofSeconds(2);
    private static final Duration START_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Instruments instruments = new Instruments();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile Optional<String> whyStopped = Optional.empty();
    private Context ownerContext;
    private OwnedDomain domain;
    private DomainOwner owner;
    private AgentGateway gateway;
    private RunningRecords records;
    private RunningCallers callers;
    private volatile Draining draining;
    private Watching watching;
    private AtomicReference<UserDirectory> directory;
    private final AtomicReference<Catalogue> catalogue = new AtomicReference<>(Catalogue.EMPTY);

    /// Who carries the calls.
    public enum CarrierKind {
        ASTERISK,
        SIMULATED
    }

    /// @param config folder of the configuration
    /// @param environment variables, read once
    public record Options(Path config, Map<String, String> environment, CarrierKind carrier, boolean newPasswords) {}

    private HelplineServer(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Starts, and returns when Helpline serves. What the operator should know is printed.
    public static HelplineServer start(Options options, PrintWriter out) throws ConfigurationException, StartFailure {
        Configuration configuration = ConfigurationReader.read(options.config(), options.environment());
        Vertx vertx = Vertx.vertx();
        HelplineServer server = new HelplineServer(vertx);
        try {
            server.compose(options, configuration, out);
            return server;
        } catch (StartFailure | RuntimeException failure) {
            server.stop();
            throw failure;
        }
    }

    private void compose(Options options, Configuration configuration, PrintWriter out) throws StartFailure {
        Preparation.folder(configuration.data());
        Carriers.Carrier carrier = Carriers.of(vertx, options.carrier(), configuration, new Prompts(options, out));
        ownerContext = await(context(vertx), "make a context");
        Scheduler scheduler = new VertxScheduler(vertx, ownerContext, Clock.systemUTC());
        EventCodec codec = new JsonEventCodec();
        domain = OwnedDomain.take(vertx, configuration, ownerContext, scheduler, instruments);
        // Not earlier: whoever must not have the domain must not touch its owner's files either.
        Preparation prepared = Preparation.of(options, configuration);
        directory = new AtomicReference<>(prepared.users().directory());
        catalogue.set(configuration.catalogue());

        NumberHashes hashes = Secrets.numberHashes(configuration);
        records = new RunningRecords(
                vertx, configuration, hashes, domain.journalName(), domain.journalling()::read, codec, ownerContext);
        Recovered recovered = domain.recover(codec, records);
        instruments.recovered(recovered);
        owner = new DomainOwner(
                configuration.domain().domain(),
                new Switchboard(recovered.state(), Plans.of(configuration, carrier.address())),
                domain.journalling(),
                codec,
                instruments.watched(carrier.control()),
                scheduler,
                new ContactIds(Clock.systemUTC()));
        domain.serve(owner, records::neededSeq, instruments);
        callers = RunningCallers.of(vertx, configuration, ownerContext);
        CallerHistory history = callers.serve(owner, hashes, scheduler, instruments.callers(), records.history());
        gateway = new AgentGateway(
                vertx,
                prepared.gateway(),
                new GatewayPorts(
                        directory::get,
                        catalogue::get,
                        instruments.watched(new OwnerPort(owner, ownerContext)),
                        prepared.revoked(),
                        history,
                        records.day(recovered.report().firstSeq() - 1),
                        Clock.systemUTC(),
                        instruments.gateway(),
                        () -> domain.notices(Optional.ofNullable(draining).flatMap(Draining::since))));
        carrier.browsers()
                .ifPresent(browsers -> gateway.phones(
                        new PhoneBook(browsers.accounts(), browsers.server(), directory::get, owner, ownerContext),
                        configuration.http().phones()));
        owner.whenReplaced(why -> Thread.ofVirtual().start(() -> stop(Optional.of(why))));
        owner.addListener(instruments.domain(configuration.serviceLevel(), Clock.systemUTC()));
        owner.addListener(new TransitionLog());
        owner.addListener(new GatewayFeed(gateway));
        owner.addListener(records);
        draining = new Draining(
                owner, ownerContext, scheduler, () -> Thread.ofVirtual().start(this::stop));
        owner.addListener(draining);
        instruments.watchDraining(() -> draining.since().isPresent());
        gateway.operated(draining, prepared.operator());
        instruments.watch(records::health);
        records.start();
        watching = new Watching(carrier, owner, scheduler, configuration, ownerContext, instruments);
        instruments.watch(ownerContext, "owner");
        instruments.watch(gateway.context(), "gateway");

        await(
                gateway.recovered(
                        recovered.from().routing(),
                        GatewayFeed.routed(recovered.report().firstSeq(), recovered.sinceSnapshot())),
                "tell the desks what was recovered");
        await(OwnerContext.ask(ownerContext, () -> begin(recovered, configuration)), "begin with the domain");

        Router routes = Router.router(vertx);
        new HealthRoutes(
                        owner::carrierUp,
                        instruments.registry(),
                        configuration.http().metricsToken())
                .draining(() -> draining.since().isPresent())
                .beside("phones", watching::phones)
                .beside("records", () -> records.health().told())
                .beside("journal", () -> domain.journalling().health().told())
                .mount(routes);
        gateway.mount(routes);
        HttpServer http = await(
                listen(configuration.http(), prepared.gateway(), routes),
                "serve HTTP on " + configuration.http().host() + ":"
                        + configuration.http().port());
        domain.startSnapshots();
        open(recovered, carrier);
        watch(options, configuration, carrier);
        new Banner(out)
                .print(
                        configuration,
                        options,
                        http.actualPort(),
                        prepared.users().shown(),
                        recovered);
        draining.since().ifPresent(since -> {
            out.println("It takes no new calls since " + since + "; ./helpline drain --cancel ends that.");
            out.flush();
        });
    }

    private Future<?> begin(Recovered recovered, Configuration configuration) {
        owner.recover(recovered);
        watching.open(configuration);
        return owner.submit(new Input.Configure(configuration.domain()));
    }

    /// A carrier that cannot be reached keeps a new domain from starting; one with callers waits for it.
    private void open(Recovered recovered, Carriers.Carrier carrier) throws StartFailure {
        Future<Void> opened = OwnerContext.ask(ownerContext, () -> owner.open(AUDIT_EVERY));
        opened.onSuccess(_ -> ownerContext.runOnContext(_ -> carrier.started().run()));
        if (recovered.isNew()) await(opened, carrier.wanted());
        else if (!Waits.inTime(opened, START_WITHIN))
            log.error("cannot {} yet; it is tried until it can be", carrier.wanted());
    }

    private Future<HttpServer> listen(HttpSettings settings, GatewaySettings gatewaySettings, Router routes) {
        HttpServerOptions options = gatewaySettings.applyTo(
                new HttpServerOptions().setHost(settings.host()).setPort(settings.port()));
        if (settings.tlsCertificate().isPresent() && settings.tlsKey().isPresent()) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(settings.tlsCertificate().get().toString())
                            .addKeyPath(settings.tlsKey().get().toString()));
        }
        AtomicReference<HttpServer> server = new AtomicReference<>();
        Deployable edge = _ ->
                vertx.createHttpServer(options).requestHandler(routes).listen().onSuccess(server::set);
        return vertx.deployVerticle(edge).map(_ -> server.get());
    }

    /// Reads the configuration again when a file of it changes; a faulty one is told and the old one stays.
    private void watch(Options options, Configuration first, Carriers.Carrier carrier) {
        ConfigurationWatch watch = new ConfigurationWatch(options, first, carrier.prepare());
        vertx.setPeriodic(RELOAD_EVERY.toMillis(), _ -> {
            if (!stopping.get()) readAgain(watch, carrier);
        });
    }

    private void readAgain(ConfigurationWatch watch, Carriers.Carrier carrier) {
        vertx.executeBlocking(watch::changed)
                .compose(changed -> changed.isEmpty()
                        ? Future.succeededFuture()
                        : OwnerContext.ask(ownerContext, () -> reconfigure(changed.get(), carrier)))
                .onFailure(failure -> log.error("the configuration stays as it was: {}", failure.getMessage()));
    }

    private Future<Void> reconfigure(ConfigurationWatch.Changed next, Carriers.Carrier carrier) {
        owner.replan(Plans.of(next.configuration(), carrier.address()));
        watching.configure(next.configuration());
        directory.set(next.directory());
        records.takeNumbers(next.configuration());
        catalogue.set(next.configuration().catalogue());
        return owner.submit(new Input.Configure(next.configuration().domain())).map(refused -> {
            refused.ifPresentOrElse(
                    refusal -> log.error("agents and queues stay as they were: {}", refusal.message()),
                    () -> log.info("configuration read again; addresses, folders and secrets wait for a start"));
            return null;
        });
    }

    private static Future<Context> context(Vertx vertx) {
        AtomicReference<Context> made = new AtomicReference<>();
        Deployable deployable = context -> {
            made.set(context);
            return Future.succeededFuture();
        };
        return vertx.deployVerticle(deployable).map(_ -> made.get());
    }

    private static <T> T await(Future<T> future, String what) throws StartFailure {
        return Waits.await(future, what, START_WITHIN);
    }

    /// Stops serving; calls in progress go on at the carrier.
    public void stop() {
        stop(Optional.empty());
    }

    private void stop(Optional<String> reason) {
        if (!stopping.compareAndSet(false, true)) return;
        whyStopped = reason;
        if (gateway != null) settle(gateway.close(), "the gateway");
        if (owner != null) settle(OwnerContext.ask(ownerContext, owner::close), "the owner");
        if (records != null) records.close();
        if (callers != null) callers.close();
        if (watching != null) settle(watching.close(), "the watch over the switch");
        if (domain != null) domain.close();
        settle(vertx.close(), "the server");
        instruments.close();
        stopped.countDown();
    }

    /// Waits until Helpline has stopped, and says why unless it was asked to.
    public Optional<String> awaitStop() throws InterruptedException {
        stopped.await();
        return whyStopped;
    }
}
