package org.helpline.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Something that happens to the files of a data folder while nobody looks.
public enum Mutation {
    FLIPPED_BIT,
    FLIPPED_BYTES,
    ZEROED_PAGE,
    MISDIRECTED_PAGE,
    CUT_OFF,
    JUNK_AT_THE_END,
    SWAPPED_FILES,
    OLDER_FILE,
    MISSING_FILE;

    private static final int PAGE = 4_096;

    /// One that can be done to a file that is open.
    boolean changesBytesOnly() {
        return compareTo(MISDIRECTED_PAGE) <= 0;
    }

    /// @param older the same folder as it was before
    /// @return the files it was done to, relative to the folder
    public List<Path> happen(Path folder, Path file, Path older, Random random) throws IOException {
        switch (this) {
            case FLIPPED_BIT ->
                change(file, bytes -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8)));
            case FLIPPED_BYTES ->
                change(file, bytes -> {
                    int from = random.nextInt(bytes.length);
                    for (int n = from; n < Math.min(bytes.length, from + 1 + random.nextInt(64)); n++) {
                        bytes[n] = (byte) random.nextInt();
                    }
                });
            case ZEROED_PAGE ->
                change(file, bytes -> {
                    int from = random.nextInt(bytes.length) / PAGE * PAGE;
                    Arrays.fill(bytes, from, Math.min(bytes.length, from + PAGE), (byte) 0);
                });
            case MISDIRECTED_PAGE ->
                change(file, bytes -> {
                    int to = random.nextInt(bytes.length) / PAGE * PAGE;
                    int from = random.nextInt(bytes.length) / PAGE * PAGE;
                    System.arraycopy(bytes, from, bytes, to, Math.min(PAGE, bytes.length - Math.max(from, to)));
                });
            case CUT_OFF -> {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            }
            case JUNK_AT_THE_END -> {
                byte[] bytes = Files.readAllBytes(file);
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(10_000));
                for (int n = bytes.length; n < longer.length; n++) longer[n] = (byte) random.nextInt();
                Files.write(file, longer);
            }
            case SWAPPED_FILES -> {
                List<Path> all = files(folder);
                Path other = all.get(random.nextInt(all.size()));
                byte[] bytes = Files.readAllBytes(file);
                Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
                Files.write(other, bytes);
                return List.of(folder.relativize(file), folder.relativize(other));
            }
            case OLDER_FILE -> {
                Path before = older.resolve(folder.relativize(file));
                if (Files.exists(before)) Files.copy(before, file, StandardCopyOption.REPLACE_EXISTING);
                else Files.delete(file);
            }
            case MISSING_FILE -> Files.delete(file);
        }
        return List.of(folder.relativize(file));
    }

    private interface Change {
        void on(byte[] bytes);
    }

    /// In place, so that whoever has the file open sees it.
    private static void change(Path file, Change change) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) return;
        change.on(bytes);
        Files.write(file, bytes);
    }

    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        }
    }

    public static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
