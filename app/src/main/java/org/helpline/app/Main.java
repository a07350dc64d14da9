package org.helpline.app;

import org.helpline.app.cli.HelplineCommand;
import picocli.CommandLine;

/// Where `./helpline` starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HelplineCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
