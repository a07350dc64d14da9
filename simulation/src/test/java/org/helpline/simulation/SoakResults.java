package org.helpline.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where `./soak` looks for what a long test found.
public final class SoakResults {
    private SoakResults() {}

    /// Does nothing when nobody waits for it.
    ///
    /// @param markdown what goes into docs/measurements
    public static void write(String markdown) throws IOException {
        String file = System.getProperty("helpline.results");
        if (file != null) Files.writeString(Path.of(file), markdown);
    }
}
