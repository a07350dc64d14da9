package org.helpline.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line.
@Command(
        name = "helpline",
        description = "Helpline: a contact-centre backend for public helplines.",
        mixinStandardHelpOptions = true,
        version = "Helpline 0.1.0",
        subcommands = {RunCommand.class, AgentCommand.class, JournalCommand.class, DrainCommand.class, HelpCommand.class
        })
public final class HelplineCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command");
    }
}
