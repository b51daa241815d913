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
 * Where a keyset is, in one text: {@code file:path} or {@code env:NAME}; {@code ?kms=uri} behind it if it is encrypted. Or
 * {@code kms:uri}, a key that never leaves its service. Immutable.
 *
 * @param setting how messages call the setting, such as {@code <keyset>}
 * @param text    its value
 * @param file    the file, or null
 * @param name    the variable, or null
 * @param kms     Tink's URI of the key that encrypts the keyset, or that stands in for one; or null
 */
record KeysetReference(
        String setting,
        String text,
        @Nullable Path file,
        @Nullable String name,
        @Nullable String kms) {

    private static final String ALLOWED = "file:path or env:NAME, with ?kms=uri behind it if it is encrypted";
    private static final String KMS = "?kms=";
    private static final String KMS_KEY = "kms:";
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\s{}\"]{1,1024}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+,-]+");

    /* A keyset is some hundred bytes a key. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Set<PosixFilePermission> CHANGED_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> TOO_WIDE = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** The place of a keyset. */
    static KeysetReference parse(String setting, String text) throws KeysetException {
        String trimmed = text.trim();
        if (trimmed.startsWith(KMS_KEY)
                && URI.matcher(trimmed.substring(KMS_KEY.length())).matches()) {
            throw new KeysetException(
                    setting + " [" + trimmed + "] is a key of a KMS and no keyset; it must be " + ALLOWED);
        }
        return place(setting, trimmed, ALLOWED);
    }

    /** The place of a keyset, or the key of a KMS. */
    static KeysetReference parseWithKmsKey(String setting, String text) throws KeysetException {
        String trimmed = text.trim();
        String uri = trimmed.startsWith(KMS_KEY) ? trimmed.substring(KMS_KEY.length()) : "";
        return URI.matcher(uri).matches()
                ? new KeysetReference(setting, trimmed, null, null, uri)
                : place(setting, trimmed, ALLOWED + "; or kms:uri");
    }

    private static KeysetReference place(String setting, String trimmed, String allowed) throws KeysetException {
        int kmsAt = trimmed.indexOf(KMS);
        String kms = kmsAt < 0 ? null : trimmed.substring(kmsAt + KMS.length());
        String place = kmsAt < 0 ? trimmed : trimmed.substring(0, kmsAt);
        if (kms != null && kms.isBlank()) {
            throw new KeysetException(setting + " [" + place + KMS + "] names no key behind " + KMS);
        }
        if (place.startsWith("file:")) {
            return new KeysetReference(setting, trimmed, path(setting, place.substring(5), allowed), null, kms);
        }
        if (place.startsWith("env:") && NAME.matcher(place.substring(4)).matches()) {
            return new KeysetReference(setting, trimmed, null, place.substring(4), kms);
        }
        throw notShown(setting, allowed);
    }

    private static Path path(String setting, String path, String allowed) throws KeysetException {
        if (path.isBlank() || path.length() > 1024 || path.indexOf('{') >= 0 || path.indexOf('"') >= 0) {
            throw notShown(setting, allowed);
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new KeysetException(setting + " [file:" + path + "] is not a path on this machine");
        }
    }

    /* Whoever pastes the keyset itself must not find it in a status message. */
    private static KeysetException notShown(String setting, String allowed) {
        return new KeysetException(setting + " [not shown, it could be the key itself] is not " + allowed);
    }

    /** The URI of the key that stands in for a keyset; null if this is the place of one. */
    @Nullable
    String kmsKey() {
        return file == null && name == null ? kms : null;
    }

    /** The 32 bytes that the variable holds in base64; null if there is no such variable, or something else in it. */
    byte @Nullable [] bareKey(UnaryOperator<@Nullable String> environment) {
        String text = name == null ? null : environment.apply(name);
        return text == null ? null : KeysetText.bareKey(text.trim());
    }

    /** The keyset's JSON. */
    String read(UnaryOperator<@Nullable String> environment, KeyUse use) throws KeysetException {
        Path path = file;
        String text = path == null ? fromVariable(environment, use) : fromFile(path, use);
        if (text.isBlank()) {
            throw problem(path == null ? "is an empty variable" : "is an empty file; " + generate(use));
        }
        return text;
    }

    private String fromFile(Path path, KeyUse use) throws KeysetException {
        try {
            if (Files.isDirectory(path)) {
                throw problem("is a folder; name the file in it");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw problem("is longer than 1 MB, and so no keyset");
            }
            String content = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            assertClosedToOthers(path, KeysetText.isPublic(content));
            return content;
        } catch (NoSuchFileException e) {
            throw problem("is a file that does not exist; " + generate(use));
        } catch (IOException e) {
            throw problem("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /* Whoever can change public keys can have secrets wrapped for himself. */
    private void assertClosedToOthers(Path path, boolean isPublic) throws IOException, KeysetException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null || kms != null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (isPublic) {
            if (permissions.stream().anyMatch(CHANGED_BY_OTHERS::contains)) {
                throw problem("can be changed by others than its owner; run: chmod go-w " + quoted(path));
            }
        } else if (permissions.stream().anyMatch(TOO_WIDE::contains)) {
            throw problem("can be read by others than its owner; run: chmod 600 " + quoted(path));
        }
    }

    private String fromVariable(UnaryOperator<@Nullable String> environment, KeyUse use) throws KeysetException {
        String text = environment.apply(name);
        if (text == null) {
            throw problem("is an environment variable that is not set");
        }
        String trimmed = text.trim();
        if (trimmed.isEmpty() || trimmed.startsWith("{")) {
            return trimmed;
        }
        if (KeysetText.bareKey(trimmed) != null) {
            throw problem("holds 32 bytes in base64 and no keyset; make one: " + use.command());
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

    private String generate(KeyUse use) {
        return "make one: " + use.command() + " --out " + (file == null ? "" : quoted(file));
    }

    /* As a shell takes it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
