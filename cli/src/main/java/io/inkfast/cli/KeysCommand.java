package io.inkfast.cli;

import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetKey;
import io.inkfast.keys.KeysetPurpose;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code inkfast keys}: makes, changes and lists keysets. Shows ids, never bytes of keys, but where it is to make some. */
@Command(name = "keys", description = "Makes, changes and lists keysets for pseudonyms and for encrypted files.")
final class KeysCommand implements Runnable {

    private static final String FILE = "<file>";
    private static final String FILE_IS = "the keyset's file; ?kms=uri behind it if it is encrypted";
    private static final String KEYSET = "<keyset>";
    private static final String KEYSET_IS = "a file, or env:NAME; ?kms=uri behind it if it is encrypted";
    private static final String ID = "<id>";
    private static final String ID_IS = "eight hexadecimal digits, as inspect shows them";

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    KeysCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(description = "Makes a keyset with one key.")
    int generate(
            @Option(
                            names = "--for",
                            paramLabel = "<purpose>",
                            defaultValue = Purpose.PSEUDONYMS,
                            converter = Purpose.class,
                            description =
                                    "pseudonyms (AES256_SIV; the default), encryption (AES256_GCM), or"
                                            + " write-only-host (HPKE: what the public keys encrypt only the private ones open)")
                    KeysetPurpose purpose,
            @Option(
                            names = "--out",
                            paramLabel = FILE,
                            description = "where it goes, for its owner only (0600);"
                                    + " ?kms=uri behind it encrypts it. Without it: standard output, in clear text")
                    @Nullable
                    String out,
            @Option(names = "--force", description = "overwrite a file, and lose what its keys had made") boolean force)
            throws KeysetException {
        if (out == null) {
            PrintWriter results = streams.results();
            results.println(KeysetFile.generated("keyset", purpose));
            return 0;
        }
        return list(KeysetFile.of("--out", Reference.of(out)).generate(purpose, force));
    }

    @Command(name = "public", description = "Copies the public keys of a keyset for write-only hosts.")
    int publish(
            @Parameters(paramLabel = KEYSET, description = KEYSET_IS) String keyset,
            @Option(
                            names = "--out",
                            paramLabel = FILE,
                            description = "where they go, for everybody to read (0644); replaces public keys only."
                                    + " Without it: standard output")
                    @Nullable
                    String out)
            throws KeysetException {
        if (out == null) {
            PrintWriter results = streams.results();
            results.println(KeysetFile.published("keyset", Reference.of(keyset)));
            return 0;
        }
        return list(KeysetFile.of("--out", Reference.of(out)).publish("keyset", Reference.of(keyset)));
    }

    @Command(description = "Adds a key and makes it the primary; the others go on opening what they made.")
    int rotate(@Parameters(paramLabel = FILE, description = FILE_IS) String file) throws KeysetException {
        return list(file(file).rotate());
    }

    @Command(description = "Lists the keys.")
    int inspect(@Parameters(paramLabel = KEYSET, description = KEYSET_IS) String keyset) throws KeysetException {
        return list(KeysetFile.keys("keyset", Reference.of(keyset)));
    }

    @Command(
            description =
                    "Deletes a key for ever. What it made cannot be opened again, wherever there is no copy of it.")
    int delete(
            @Parameters(paramLabel = FILE, description = FILE_IS) String file,
            @Parameters(paramLabel = ID, description = ID_IS, converter = Id.class) int id)
            throws KeysetException {
        return list(file(file).delete(id));
    }

    @Command(description = "Stops using a key, but keeps it.")
    int disable(
            @Parameters(paramLabel = FILE, description = FILE_IS) String file,
            @Parameters(paramLabel = ID, description = ID_IS, converter = Id.class) int id)
            throws KeysetException {
        return list(file(file).enable(id, false));
    }

    @Command(description = "Uses a disabled key again.")
    int enable(
            @Parameters(paramLabel = FILE, description = FILE_IS) String file,
            @Parameters(paramLabel = ID, description = ID_IS, converter = Id.class) int id)
            throws KeysetException {
        return list(file(file).enable(id, true));
    }

    private static KeysetFile file(String text) throws KeysetException {
        return KeysetFile.of("keyset", Reference.of(text));
    }

    private int list(List<KeysetKey> keys) {
        PrintWriter results = streams.results();
        results.println("id        primary  status     type");
        for (KeysetKey key : keys) {
            results.println(String.format(
                    "%s  %-7s  %-9s  %s", key.name(), key.primary() ? "yes" : "", key.status(), key.type()));
        }
        return 0;
    }

    static final class Purpose implements ITypeConverter<KeysetPurpose> {

        static final String PSEUDONYMS = "pseudonyms";

        @Override
        public KeysetPurpose convert(String text) {
            return switch (text) {
                case PSEUDONYMS -> KeysetPurpose.PSEUDONYMS;
                case "encryption" -> KeysetPurpose.ENCRYPTION;
                case "write-only-host" -> KeysetPurpose.WRITE_ONLY_HOST;
                default ->
                    throw new TypeConversionException(
                            "[" + text + "] is not pseudonyms, encryption or write-only-host");
            };
        }
    }

    static final class Id implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                if (text.length() == 8) {
                    return HexFormat.fromHexDigits(text);
                }
            } catch (IllegalArgumentException e) {
                // Said below, together with what is too short.
            }
            throw new TypeConversionException("[" + text + "] is not the id of a key: " + ID_IS);
        }
    }
}
