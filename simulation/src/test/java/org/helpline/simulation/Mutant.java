package org.helpline.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.helpline.router.RoutingCore;

/// The simulation over a router with one deliberate fault: a source file is patched and compiled, and
/// everything of ours is loaded anew around it.
final class Mutant {
    private static final Path SOURCES =
            Path.of(System.getProperty("helpline.root"), "router/src/main/java/org/helpline/router");

    private final Class<?> runner;

    private Mutant(Class<?> runner) {
        this.runner = runner;
    }

    /// @param from must occur exactly once in the file, so that a patch that has outlived its source is told
    /// of
    static Mutant of(Path folder, String file, String from, String to) throws Exception {
        String source = Files.readString(SOURCES.resolve(file));
        int at = source.indexOf(from);
        if (at < 0 || source.indexOf(from, at + 1) >= 0) {
            throw new IllegalStateException("'" + from + "' must be in " + file + " exactly once; mend the mutation");
        }
        Path patched = folder.resolve("source").resolve(file);
        Files.createDirectories(patched.getParent());
        Files.writeString(patched, source.replace(from, to));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(patched, classes);
        return new Mutant(new OwnFirst(classes).loadClass(SeedRunner.class.getName()));
    }

    private static void compile(Path source, Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String router = Path.of(RoutingCore.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of("-proc:none", "-cp", router, "-d", classes.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            if (!compiled) throw new IllegalStateException("the mutated " + source + " does not compile");
        }
    }

    /// The breach that a wild day of this seed leads to; the empty string when the mutant got away.
    String breachOf(long seed, int calls) throws Exception {
        return (String) runner.getMethod("breachOf", long.class, int.class).invoke(null, seed, calls);
    }

    /// Loads our classes itself, the mutated ones from their folder, and leaves the rest to its parent.
    private static final class OwnFirst extends ClassLoader {
        private final Path mutated;

        OwnFirst(Path mutated) {
            super(Mutant.class.getClassLoader());
            this.mutated = mutated;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("org.helpline.")) return super.loadClass(name, resolve);
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            Path own = mutated.resolve(file);
            try (InputStream in =
                    Files.exists(own) ? Files.newInputStream(own) : getParent().getResourceAsStream(file)) {
                if (in == null) throw new ClassNotFoundException(name);
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
