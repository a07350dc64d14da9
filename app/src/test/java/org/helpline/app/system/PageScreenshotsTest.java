package org.helpline.app.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The pictures in `docs/screenshots`. [PagesWithoutBarriersTest] takes them on its way through the pages when it
/// is run with `-Dhelpline.screenshots=true`.
@Tag("system")
class PageScreenshotsTest {
    /// What the documentation shows; other states look much like these.
    private static final List<String> SHOWN = List.of(
            "desk-sign-in",
            "desk-offer",
            "desk-consult",
            "desk-wrap-up",
            "wallboard",
            "wallboard-big-screen",
            "wallboard-phone",
            "supervisor");
    private static final long MOST_BYTES_IN_ALL = 1_000_000;

    /// Takes one when pictures were asked for and it is one of those that are shown.
    static void take(Page page, String name) {
        if (!Boolean.getBoolean("helpline.screenshots")) return;
        if (SHOWN.stream().noneMatch(shown -> name.equals(shown + "-light") || name.equals(shown + "-dark"))) return;
        byte[] picture = page.screenshot(new Page.ScreenshotOptions().setAnimations(ScreenshotAnimations.DISABLED));
        try {
            Files.createDirectories(folder());
            Files.write(folder().resolve(name + ".png"), SmallPng.of(picture));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void everyPageHasItsPictures() throws IOException {
        long bytes = 0;
        for (String name : SHOWN) {
            for (String colours : List.of("light", "dark")) {
                Path file = folder().resolve(name + "-" + colours + ".png");
                BufferedImage picture = ImageIO.read(file.toFile());
                assertTrue(picture.getWidth() >= 390 && picture.getHeight() >= 800, file + " is too small");
                bytes += Files.size(file);
            }
        }
        assertTrue(bytes < MOST_BYTES_IN_ALL, "the pictures have " + bytes + " bytes");
        try (Stream<Path> files = Files.list(folder())) {
            assertEquals(2L * SHOWN.size(), files.count(), "pictures that no test takes");
        }
    }

    private static Path folder() {
        try {
            return SharedAsterisk.root().toRealPath().resolve("docs/screenshots");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
