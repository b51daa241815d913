package io.inkfast.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a keyset is, in one text: {@code file:path} or {@code env:NAME}; {@code ?kms=uri} behind it if it is encrypted.
 * Immutable.
 *
 * @param setting how messages call the setting, such as {@code <keyset>}
 * @param text    its value
 * @param file    the file, or null
 * @param name    the variable, or null
 * @param kms     Tink's URI of the key that encrypts the keyset, or null
 */
record KeysetReference(
        String setting,
        String text,
        @Nullable Path file,
        @Nullable String name,
        @Nullable String kms) {

    private static final String ALLOWED = "file:path or env:NAME, with ?kms=uri behind it if it is encrypted";
    private static final String KMS = "?kms=";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+,-]+");

    /* A keyset is some hundred bytes a key. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Set<PosixFilePermission> TOO_WIDE = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    static KeysetReference parse(String setting, String text) throws KeysetException {
        String trimmed = text.trim();
        int kmsAt = trimmed.indexOf(KMS);
        String kms = kmsAt < 0 ? null : trimmed.substring(kmsAt + KMS.length());
        String place = kmsAt < 0 ? trimmed : trimmed.substring(0, kmsAt);
        if (kms != null && kms.isBlank()) {
            throw new KeysetException(setting + " [" + place + KMS + "] names no key behind " + KMS);
        }
        if (place.startsWith("file:")) {
            return new KeysetReference(setting, trimmed, path(setting, place.substring(5)), null, kms);
        }
        if (place.startsWith("env:") && NAME.matcher(place.substring(4)).matches()) {
            return new KeysetReference(setting, trimmed, null, place.substring(4), kms);
        }
        // Whoever pastes the keyset itself here must not find it in a status message.
        throw new KeysetException(setting + " [not shown, it could be the key itself] is not " + ALLOWED);
    }

    private static Path path(String setting, String path) throws KeysetException {
        if (path.isBlank() || path.length() > 1024 || path.indexOf('{') >= 0 || path.indexOf('"') >= 0) {
            throw new KeysetException(setting + " [not shown, it could be the key itself] is not " + ALLOWED);
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new KeysetException(setting + " [file:" + path + "] is not a path on this machine");
        }
    }

    /** The keyset's JSON. */
    String read(UnaryOperator<@Nullable String> environment) throws KeysetException {
        Path path = file;
        String text = path == null ? fromVariable(environment) : fromFile(path);
        if (text.isBlank()) {
            throw problem(path == null ? "is an empty variable" : "is an empty file; " + generate());
        }
        return text;
    }

    private String fromFile(Path path) throws KeysetException {
        try {
            if (Files.isDirectory(path)) {
                throw problem("is a folder; name the file in it");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw problem("is longer than 1 MB, and so no keyset");
            }
            assertOnlyItsOwnerReads(path);
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw problem("is a file that does not exist; " + generate());
        } catch (IOException e) {
            throw problem("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void assertOnlyItsOwnerReads(Path path) throws IOException, KeysetException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null || kms != null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.stream().anyMatch(TOO_WIDE::contains)) {
            throw problem("can be read by others than its owner; run: chmod 600 " + quoted(path));
        }
    }

    private String fromVariable(UnaryOperator<@Nullable String> environment) throws KeysetException {
        String text = environment.apply(name);
        if (text == null) {
            throw problem("is an environment variable that is not set");
        }
        String trimmed = text.trim();
        if (trimmed.isEmpty() || trimmed.startsWith("{")) {
            return trimmed;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(trimmed), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw problem("is neither a keyset in JSON nor base64 of one");
        }
    }

    KeysetException problem(String what) {
        return new KeysetException(setting + " [" + text + "] " + what);
    }

    private String generate() {
        return "make one: inkfast keys generate --out " + (file == null ? "" : quoted(file));
    }

    /* As a shell takes it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
