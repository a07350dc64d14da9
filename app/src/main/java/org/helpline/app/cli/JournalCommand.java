package org.helpline.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./helpline journal`: looks after what Helpline keeps of its domain.
@Command(
        name = "journal",
        description = "Checks, shows and compacts the journal, in the data folder or in Redis (HELPLINE_REDIS_URL).",
        mixinStandardHelpOptions = true,
        subcommands = {
            JournalVerifyCommand.class,
            JournalShowCommand.class,
            JournalCompactCommand.class,
            HelpCommand.class
        })
final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with the journal: verify, show or compact");
    }
}
