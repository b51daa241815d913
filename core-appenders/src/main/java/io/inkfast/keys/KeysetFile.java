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
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;

/**
 * The file of a keyset: made, rotated, thinned. Each change is written whole, for its owner only (0600), beside the file
 * and then moved over it; a second change at the same time is refused. Any thread.
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
    public static String generated(String setting) throws KeysetException {
        KeysetReference nowhere = new KeysetReference(setting, "standard output", null, null, null);
        return Keysets.write(nowhere, Keysets.work(nowhere, TinkKeyset::generate));
    }

    /**
     * Writes a new keyset with one key.
     *
     * @param overwrite whether a file that exists may be lost, and with it what its keys had encrypted
     */
    public List<KeysetKey> generate(boolean overwrite) throws KeysetException {
        return locked(temporary -> {
            if (Files.exists(file) && !overwrite) {
                throw reference.problem("exists; without its keys nothing that they made can be opened again."
                        + " Rotate it instead, or give --force to lose them");
            }
            return replace(temporary, Keysets.work(reference, TinkKeyset::generate));
        });
    }

    /** Adds a key and makes it the primary; the others go on opening what they made. */
    public List<KeysetKey> rotate() throws KeysetException {
        return change(TinkKeyset::rotated);
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
            TinkKeyset keyset = Keysets.read(reference, System::getenv);
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
