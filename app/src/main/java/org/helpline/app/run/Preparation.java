package org.helpline.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.helpline.app.run.DemoPasswords.Missing;
import org.helpline.config.Configuration;
import org.helpline.gateway.GatewaySettings;
import org.helpline.gateway.GatewaySettings.Live;
import org.helpline.gateway.GatewaySettings.SignIn;
import org.helpline.gateway.OperatorKey;
import org.helpline.gateway.RevokedTokens;
import org.helpline.ivr.CallFlow;

/// What must be on disk before anyone signs in: the data folder, keys, passwords.
///
/// @param users who may sign in, and the passwords to show once
record Preparation(DemoPasswords.Result users, GatewaySettings gateway, RevokedTokens revoked, OperatorKey operator) {

    static Preparation of(HelplineServer.Options options, Configuration configuration) throws StartFailure {
        Path data = configuration.data();
        try {
            GatewaySettings defaults =
                    GatewaySettings.of(Secrets.tokenKey(configuration.signIn().jwtKey(), data));
            GatewaySettings settings = new GatewaySettings(
                    defaults.tokenKey(),
                    signIn(configuration.http().passwordsProtected()),
                    defaults.sockets(),
                    live(configuration));
            DemoPasswords.Result users = new DemoPasswords(data)
                    .complete(
                            configuration.users(),
                            configuration.signIn().demoPassword(),
                            options.newPasswords() ? Missing.MAKE_ANEW : Missing.MAKE);
            RevokedTokens revoked = RevokedTokens.inFile(
                    data.resolve("revoked-tokens"), Clock.systemUTC().instant());
            return new Preparation(users, settings, revoked, Secrets.operatorKey(data));
        } catch (IOException e) {
            throw unusable(data, e);
        }
    }

    /// Makes the data folder where it is missing.
    static void folder(Path data) throws StartFailure {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw unusable(data, e);
        }
    }

    private static StartFailure unusable(Path data, IOException why) {
        return new StartFailure("cannot use the data folder " + data.toAbsolutePath() + ": " + why.getMessage(), why);
    }

    /// The day of the live figures begins at midnight where the helpline is.
    private static Live live(Configuration configuration) {
        Live defaults = Live.DEFAULT;
        ZoneId zone = configuration.helplines().get(configuration.defaultHelpline()).flow().nodes().values().stream()
                .filter(CallFlow.Node.Hours.class::isInstance)
                .map(node -> ((CallFlow.Node.Hours) node).hours().zone())
                .findFirst()
                .orElse(defaults.zone());
        return new Live(defaults.interval(), zone, configuration.serviceLevel());
    }

    private static SignIn signIn(boolean allowed) {
        SignIn defaults = SignIn.DEFAULT;
        return new SignIn(
                allowed,
                defaults.tokenLife(),
                defaults.allowedOrigins(),
                defaults.failures(),
                defaults.window(),
                defaults.tracked(),
                defaults.verifying(),
                defaults.waiting());
    }
}
