package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped files, damaged at random: reading gives a configuration, or faults that name file and line. Nothing else
/// may come out, whatever an editor, a merge or a disk has done to them.
class MutatedDeploymentTest {
    private static final String GARBAGE = "{}[]:,&*#?|-<>=!%@`'\"\\ \t\nxyz019\u00e9\u4e2d\u0000\u2028";

    @TempDir
    private Path temporary;

    @Test
    void aSampleOfDamage() throws IOException {
        damage(1_000_000, 200);
    }

    @Test
    @Tag("long")
    void threeThousandDamages() throws IOException {
        damage(2_000_000, 3_000);
    }

    private void damage(long firstSeed, int trials) throws IOException {
        TestFolder folder = TestFolder.shipped(temporary);
        int read = 0;
        for (long seed = firstSeed; seed < firstSeed + trials; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            String name = TestFolder.FILES.get(random.nextInt(TestFolder.FILES.size()));
            String whole = folder.read(name);
            String damaged = whole;
            for (int n = random.nextInt(1, 4); n > 0; n--) damaged = mutate(damaged, random);
            folder.write(name, damaged);
            if (readsOrTells(folder, seed, name)) read++;
            folder.write(name, whole);
        }
        // Damage to comments and texts is no fault; damage to everything else is.
        assertTrue(read > trials / 20 && read < trials * 3 / 4, "read without a fault: " + read + " of " + trials);
    }

    private static boolean readsOrTells(TestFolder folder, long seed, String name) {
        String trial = "seed " + seed + ", " + name;
        try {
            folder.configuration(Map.of());
            return true;
        } catch (ConfigurationException e) {
            assertFalse(e.faults().isEmpty(), trial);
            for (ConfigurationFault fault : e.faults()) {
                assertTrue(fault.file().startsWith(folder.path().toString()), () -> trial + ": " + fault);
                assertTrue(fault.line() >= 1, () -> trial + ": " + fault);
                assertFalse(fault.message().isBlank(), () -> trial + ": " + fault);
            }
            assertEquals(e.faults().size(), e.getMessage().lines().count(), () -> trial + ": " + e.getMessage());
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(trial + " ended in " + e, e);
        }
    }

    private static String mutate(String text, RandomGenerator random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(random.nextInt(lines.size()), line);
            case 3 -> lines.set(at, " ".repeat(random.nextInt(1, 5)) + line);
            case 4 -> lines.set(at, line.strip());
            case 5 -> lines.set(at, garble(line, random));
            case 6 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
            default -> {
                int other = random.nextInt(lines.size());
                lines.set(at, lines.get(other));
                lines.set(other, line);
            }
        }
        return String.join("\n", lines);
    }

    private static String garble(String line, RandomGenerator random) {
        StringBuilder garbled = new StringBuilder(line);
        for (int n = random.nextInt(1, 6); n > 0; n--) {
            char c = GARBAGE.charAt(random.nextInt(GARBAGE.length()));
            if (garbled.isEmpty() || random.nextBoolean()) {
                garbled.insert(random.nextInt(garbled.length() + 1), c);
            } else {
                garbled.setCharAt(random.nextInt(garbled.length()), c);
            }
        }
        return garbled.toString();
    }
}
