package org.helpline.app.run;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.helpline.config.AmiEntry;
import org.helpline.config.AsteriskEntry;
import org.helpline.config.Configuration;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.PhoneAccounts;
import org.helpline.telephony.SwitchWatch;
import org.helpline.telephony.asterisk.AsteriskCarrier;
import org.helpline.telephony.asterisk.AsteriskSettings;
import org.helpline.telephony.asterisk.watch.AsteriskWatch;
import org.helpline.telephony.asterisk.watch.WatchSettings;
import org.helpline.telephony.simulated.DemoCallers;
import org.helpline.telephony.simulated.DemoSettings;
import org.helpline.telephony.simulated.Schedule;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;

/// Makes the carrier that was asked for.
final class Carriers {
    /// Endpoint of desk phones in `docker/asterisk/pjsip.conf`.
    private static final String DESK_PHONES = "PJSIP/desk/";

    private Carriers() {}

    /// @param address turns a configured device into the carrier's notation
    /// @param wanted what opening it means, for the message when that fails
    /// @param started runs once calls may come
    /// @param prepare gets ready what a configuration that was read again needs
    /// @param watched the watch over its switch, if there is one
    /// @param browsers empty when it calls desk phones only
    record Carrier(
            CallControl control,
            UnaryOperator<String> address,
            String wanted,
            Runnable started,
            ConfigurationWatch.PromptStep prepare,
            Optional<Watched> watched,
            Optional<Browsers> browsers) {}

    /// @param desks the desk phones that are watched
    record Watched(SwitchWatch watch, DeskPhones desks) {}

    /// How browsers become phones of a carrier.
    ///
    /// @param server its SIP WebSocket
    record Browsers(PhoneAccounts accounts, URI server) {}

    static Carrier of(Vertx vertx, HelplineServer.CarrierKind kind, Configuration configuration, Prompts prompts)
            throws StartFailure {
        return switch (kind) {
            case ASTERISK -> asterisk(vertx, configuration, prompts);
            case SIMULATED -> simulated(vertx);
        };
    }

    private static Carrier asterisk(Vertx vertx, Configuration configuration, Prompts prompts) throws StartFailure {
        AsteriskEntry entry = configuration
                .asterisk()
                .orElseThrow(() -> new StartFailure(
                        "no Asterisk is configured: set HELPLINE_ASTERISK_URL, _USER and _PASSWORD, start with ./run,"
                                + " or use --carrier simulated",
                        null));
        AsteriskSettings settings =
                AsteriskSettings.of(entry.url(), entry.user(), entry.password()).withApplication(entry.application());
        prompts.prepare(configuration);
        AsteriskCarrier carrier = new AsteriskCarrier(vertx, settings, prompts::resolve, new Random());
        return new Carrier(
                carrier,
                device -> DESK_PHONES + device,
                "reach Asterisk at " + entry.url(),
                () -> {},
                prompts::prepare,
                entry.ami().map(ami -> watched(vertx, carrier, ami)),
                Optional.of(new Browsers(carrier.phones(), sipWebSocket(entry.url()))));
    }

    private static Watched watched(Vertx vertx, AsteriskCarrier carrier, AmiEntry ami) {
        return new Watched(
                new AsteriskWatch(vertx, WatchSettings.of(ami.url(), ami.user(), ami.password())),
                new DeskPhones(carrier.sipObjects(), ami.probeEvery()));
    }

    private static URI sipWebSocket(URI http) {
        String base = http.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "");
        return URI.create(base + "/ws");
    }

    private static Carrier simulated(Vertx vertx) {
        Schedule schedule = Schedule.on(vertx);
        SimulatedCarrier carrier = new SimulatedCarrier(SimulatedSettings.standard(), schedule, new Random());
        DemoCallers callers = new DemoCallers(carrier, schedule, new Random(), DemoSettings.standard());
        return new Carrier(
                carrier,
                UnaryOperator.identity(),
                "open the simulated carrier",
                callers::start,
                _ -> {},
                Optional.empty(),
                Optional.empty());
    }
}
