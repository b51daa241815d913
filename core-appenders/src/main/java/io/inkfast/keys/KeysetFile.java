package io.inkfast.keys;

import io.inkfast.internal.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;

/**
 * The file of a keyset: made, rotated, thinned. Each change is written whole, for its owner only (0600) unless all keys
 * are public (0644), beside the file and then moved over it; a second change at the same time is refused. Any thread.
 *
 * @since 0.1.0
 */
public final class KeysetFile {

    private interface Change {
        TinkKeyset apply(TinkKeyset keyset) throws KeysetException, GeneralSecurityException;
    }

    private final KeysetReference reference;
    private final Path file;

    private KeysetFile(KeysetReference reference, Path file) {
        this.reference = reference;
        this.file = file;
    }

    /**
     * The file behind a reference, which need not exist.
     *
     * @param setting   how messages call it
     * @param reference {@code file:path}, with {@code ?kms=uri} behind it if it is to be encrypted
     */
    public static KeysetFile of(String setting, String reference) throws KeysetException {
        KeysetReference parsed = KeysetReference.parse(setting, reference);
        Path file = parsed.file();
        if (file == null) {
            throw parsed.problem("is not a file; what is in a variable is changed where the variable is set");
        }
        try {
            // What a link leads to is changed, not the link.
            return new KeysetFile(parsed, Files.exists(file) ? file.toRealPath() : file.toAbsolutePath());
        } catch (IOException e) {
            throw parsed.problem("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** A new keyset with one key, as JSON in clear text: whoever has it has the key. */
    public static String generated(String setting, KeysetPurpose purpose) throws KeysetException {
        return clear(setting, reference -> Keysets.generated(reference, purpose));
    }

    /**
     * The public keys of a keyset that has private ones, as JSON.
     *
     * @param setting   how messages call it
     * @param reference as {@link #keys} takes it
     */
    public static String published(String setting, String reference) throws KeysetException {
        return clear(setting, nowhere -> Keysets.published(KeysetReference.parse(setting, reference)));
    }

    /**
     * All keys of a keyset of any kind, also those that are not enabled.
     *
     * @param setting   how messages call it
     * @param reference {@code file:path} or {@code env:NAME}, with {@code ?kms=uri} behind it if it is encrypted
     */
    public static List<KeysetKey> keys(String setting, String reference) throws KeysetException {
        KeysetReference parsed = KeysetReference.parse(setting, reference);
        TinkKeyset keyset = Keysets.read(parsed, System::getenv, KeyUse.ANY);
        return Keysets.work(parsed, keyset::keys);
    }

    private interface Source {
        TinkKeyset of(KeysetReference reference) throws KeysetException;
    }

    private static String clear(String setting, Source source) throws KeysetException {
        KeysetReference nowhere = new KeysetReference(setting, "standard output", null, null, null);
        return Keysets.write(nowhere, source.of(nowhere));
    }

    /**
     * Writes a new keyset with one key.
     *
     * @param overwrite whether a file that exists may be lost, and with it what its keys had encrypted
     */
    public List<KeysetKey> generate(KeysetPurpose purpose, boolean overwrite) throws KeysetException {
        return locked(temporary -> {
            if (Files.exists(file) && !overwrite) {
                throw reference.problem("exists; without its keys nothing that they made can be opened again."
                        + " Rotate it instead, or give --force to lose them");
            }
            return replace(temporary, Keysets.generated(reference, purpose));
        });
    }

    /**
     * Writes the public keys of a keyset that has private ones, for everybody to read. Replaces public keys only.
     *
     * @param setting  how messages call the other keyset
     * @param original where it is, as {@link #keys} takes it
     */
    public List<KeysetKey> publish(String setting, String original) throws KeysetException {
        return locked(temporary -> {
            if (Files.exists(file) && !KeysetText.isPublic(Files.readString(file))) {
                throw reference.problem("exists, and holds something else than public keys");
            }
            return replace(temporary, Keysets.published(KeysetReference.parse(setting, original)));
        });
    }

    /** Adds a key and makes it the primary; the others go on opening what they made. */
    public List<KeysetKey> rotate() throws KeysetException {
        return change(keyset -> {
            if (keyset.kind() == KeyKind.HPKE_PUBLIC) {
                throw reference.problem("holds public keys; rotate the private ones, and then: inkfast keys public");
            }
            return keyset.rotated();
        });
    }

    /** Removes a key for ever. What it encrypted cannot be opened again, wherever there is no copy of the key. */
    public List<KeysetKey> delete(int id) throws KeysetException {
        return change(keyset -> {
            assertNotPrimary(keyset, id, "deleted");
            return keyset.without(id);
        });
    }

    /** Enables a key, or disables it: it stays in the file, and is not used. */
    public List<KeysetKey> enable(int id, boolean enabled) throws KeysetException {
        return change(keyset -> {
            assertNotPrimary(keyset, id, enabled ? "enabled: it is" : "disabled");
            return keyset.enabled(id, enabled);
        });
    }

    private void assertNotPrimary(TinkKeyset keyset, int id, String what) throws KeysetException {
        KeysetKey key = keyset.keys().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> reference.problem("has no key [" + KeysetKey.name(id) + "]; its keys are "
                        + String.join(
                                ", ",
                                keyset.keys().stream().map(KeysetKey::name).toList())));
        if (key.primary()) {
            throw reference.problem("has [" + key.name() + "] as its primary key, which cannot be " + what
                    + "; inkfast keys rotate makes another the primary");
        }
    }

    private List<KeysetKey> change(Change change) throws KeysetException {
        return locked(temporary -> {
            TinkKeyset keyset = Keysets.read(reference, System::getenv, KeyUse.ANY);
            return replace(temporary, Keysets.work(reference, () -> change.apply(keyset)));
        });
    }

    private interface Locked {
        List<KeysetKey> run(Path temporary) throws KeysetException, IOException;
    }

    /* The file to be moved is also the lock: it is there from before the old keyset is read until the new one is in place. */
    private List<KeysetKey> locked(Locked work) throws KeysetException {
        Path temporary = Path.of(file + ".new");
        try {
            FileStorage.createParents(file);
            Files.createFile(temporary, FileStorage.mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            throw reference.problem(
                    "is being changed; if no other command is at work, one was killed: remove " + temporary);
        } catch (IOException e) {
            throw reference.problem("cannot be written (" + e.getClass().getSimpleName() + ")");
        }
        try {
            return work.run(temporary);
        } catch (IOException e) {
            throw reference.problem("cannot be written (" + e.getClass().getSimpleName() + ")");
        } finally {
            remove(temporary);
        }
    }

    private List<KeysetKey> replace(Path temporary, TinkKeyset keyset) throws KeysetException, IOException {
        ByteBuffer bytes = ByteBuffer.wrap((Keysets.write(reference, keyset) + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        PosixFileAttributeView view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (keyset.kind() == KeyKind.HPKE_PUBLIC && view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
        return keyset.keys();
    }

    /* Or a power cut takes a key back that has already made tokens. Not every system opens folders; then it decides. */
    private void forceFolder() {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, Set.of(StandardOpenOption.READ))) {
            channel.force(true);
        } catch (IOException e) {
            // Windows.
        }
    }

    private static void remove(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // Then the next command says so.
        }
    }
}
