package org.helpline.app.run;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.SortedMap;
import org.helpline.app.owner.Recovered;
import org.helpline.config.Configuration;
import org.helpline.config.Deployment;

/// What the person who started Helpline should know, in plain lines.
final class Banner {
    private final PrintWriter out;

    Banner(PrintWriter out) {
        this.out = out;
    }

    void print(
            Configuration configuration,
            HelplineServer.Options options,
            int port,
            SortedMap<String, String> made,
            Recovered recovered) {
        String scheme = configuration.http().tlsCertificate().isPresent() ? "https" : "http";
        String host = configuration.http().host();
        String base = scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        out.println();
        out.println("Helpline serves. Ctrl-C stops it.");
        if (!recovered.isNew())
            out.println("  recovered    " + recovered.report().line());
        recovered.report().told().forEach(line -> out.println("               " + line));
        out.println("  agents       " + base + "/");
        out.println("  supervisors  " + base + "/supervisor");
        out.println("  wallboard    " + base + "/wallboard");
        out.println("  health       " + base + "/health/ready");
        out.println("  metrics      " + base + "/metrics");
        calls(options);
        if (configuration.deployment() == Deployment.DEMO) users(configuration, made);
        out.println();
        out.println("Work as an agent in a browser, or in a terminal of your own:");
        out.println("  ./helpline agent --user agent1 --url " + base);
        out.flush();
    }

    private void calls(HelplineServer.Options options) {
        switch (options.carrier()) {
            case SIMULATED -> {
                out.println("  calls        simulated callers, some every minute; nothing to dial");
            }
            case ASTERISK -> {
                Optional<String> sip = Optional.ofNullable(options.environment().get("HELPLINE_ASTERISK_SIP"));
                sip.ifPresent(address -> {
                    out.println("  SIP          " + address + " (UDP and TCP)");
                    out.println();
                    out.println("Place a first call from a softphone on this machine:");
                    out.println("  account      caller@" + address);
                    Optional.ofNullable(options.environment().get("HELPLINE_ASTERISK_CALLER_PASSWORD"))
                            .ifPresent(password -> out.println("  password     " + password));
                    out.println("  dial         sip:18005550100@" + address
                            + "   then 1 English or 2 Spanish, then 1 to 5");
                });
            }
        }
    }

    private void users(Configuration configuration, SortedMap<String, String> made) {
        out.println();
        if (configuration.signIn().demoPassword().isPresent()) {
            out.println("Demo users (password: the one in HELPLINE_DEMO_PASSWORD):");
            configuration.users().forEach(user -> out.println("  " + user.name()));
        } else if (!made.isEmpty()) {
            out.println("Demo users and their passwords, shown this once:");
            made.forEach((user, password) -> out.printf("  %-12s %s%n", user, password));
        } else {
            out.println("Demo users have the passwords that were shown at the first start;"
                    + " ./run --new-passwords makes new ones.");
        }
    }
}
