package org.helpline.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.helpline.app.run.HelplineServer;
import org.helpline.app.run.StartFailure;
import org.helpline.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `helpline run`.
@Command(
        name = "run",
        description = "Starts Helpline and serves until it is told to stop (Ctrl-C or TERM).",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:stopped as asked",
            "1:could not start, or could not go on",
            "2:wrong arguments or configuration",
            "3:another Helpline owns the domain, or has taken it over"
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FOLDER",
            description = "Configuration (default: HELPLINE_CONFIG, else ./config).")
    private Path config;

    @Option(
            names = "--carrier",
            paramLabel = "NAME",
            description = "Who carries the calls: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "asterisk")
    private HelplineServer.CarrierKind carrier;

    @Option(names = "--new-passwords", description = "Make new passwords for the users of a demo.")
    private boolean newPasswords;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path folder = config != null ? config : Path.of(System.getenv().getOrDefault("HELPLINE_CONFIG", "config"));
        try {
            HelplineServer server = HelplineServer.start(
                    new HelplineServer.Options(folder, System.getenv(), carrier, newPasswords), out);
            Thread stopping = Thread.ofPlatform().unstarted(server::stop);
            Runtime.getRuntime().addShutdownHook(stopping);
            Optional<String> reason = server.awaitStop();
            reason.ifPresent(why -> err.println("helpline: stopped: " + why));
            return reason.isPresent() ? StartFailure.OWNED : 0;
        } catch (ConfigurationException e) {
            err.println("helpline: the configuration has "
                    + (e.faults().size() == 1 ? "a fault:" : e.faults().size() + " faults:"));
            err.println(e.getMessage());
            return 2;
        } catch (StartFailure e) {
            err.println("helpline: " + e.getMessage());
            return e.exitCode();
        }
    }
}
