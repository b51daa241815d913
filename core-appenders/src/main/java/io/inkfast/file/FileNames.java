package io.inkfast.file;

import ch.qos.logback.core.rolling.helper.FileNamePattern;
import ch.qos.logback.core.spi.ContextAware;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The names a run writes to: the configured ones, or others of its own if somebody else has those. */
final class FileNames {

    private static final int MOST_WRITERS = 100;

    /**
     * What came out.
     *
     * @param lock   null where the file system gives none
     * @param suffix what the names got, such as {@code .4711}; empty for the first writer
     */
    record Taken(@Nullable NameLock lock, String suffix) {}

    private FileNames() {}

    /** Why these names can't be, or null. */
    static @Nullable String problem(@Nullable String file, @Nullable String pattern, ContextAware owner) {
        try {
            if (file != null) {
                if (Path.of(file).getFileName() == null) {
                    return "<file> [" + file + "] is not the name of a file";
                }
                if (java.nio.file.Files.isDirectory(Path.of(file))) {
                    return "<file> [" + file + "] is a directory; it must be the name of a file";
                }
            }
            if (file != null
                    && pattern != null
                    && file.matches(new FileNamePattern(pattern, owner.getContext()).toRegex())) {
                return "<file> [" + file + "] matches <fileNamePattern> [" + pattern
                        + "]; rolled files must have other names";
            }
            return null;
        } catch (InvalidPathException e) {
            return "<file> [" + file + "] is not the name of a file";
        }
    }

    /** Takes the names for this writer, or says why that can't be told and goes on. */
    static Taken take(Path file, Consumer<String> unknown) {
        String pid = "." + ProcessHandle.current().pid();
        try {
            for (int writer = 0; writer < MOST_WRITERS; writer++) {
                String suffix = writer == 0 ? "" : writer == 1 ? pid : pid + "." + writer;
                NameLock lock = NameLock.take(file.resolveSibling(file.getFileName() + suffix));
                if (lock != null) {
                    return new Taken(lock, suffix);
                }
            }
            unknown.accept("more than " + MOST_WRITERS + " writers on [" + file + "]");
        } catch (IOException | RuntimeException e) {
            unknown.accept("cannot find out whether [" + file + "] has another writer: "
                    + e.getClass().getName());
        }
        return new Taken(null, "");
    }

    /** The pattern with the writer's suffix, before what asks for compression. */
    static String pattern(String pattern, String suffix) {
        for (String compressed : new String[] {".gz", ".zip", ".xz"}) {
            if (pattern.endsWith(compressed)) {
                return pattern.substring(0, pattern.length() - compressed.length()) + suffix + compressed;
            }
        }
        return pattern + suffix;
    }

    /** What a lock is taken on where only the policy knows the name: its pattern, as one name. */
    static Path ofPattern(String pattern) {
        int variable = pattern.indexOf('%');
        int slash = pattern.replace('\\', '/').lastIndexOf('/', variable < 0 ? pattern.length() : variable);
        String directory = slash < 0 ? "" : pattern.substring(0, slash + 1);
        return Path.of(directory + pattern.substring(slash + 1).replaceAll("[^\\w.\\-]", "_"));
    }
}
