package io.inkfast.cli;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --keyset} of the commands for encrypted files. */
final class KeysetOption {

    private static final String OPTION = "--keyset";
    private static final String VARIABLE = "INKFAST_KEYSET";

    private final Streams streams;

    @Option(
            names = OPTION,
            paramLabel = "<keyset>",
            description = "what opens the files: a file, env:NAME, or kms:uri; ?kms=uri behind the first two if it is"
                    + " encrypted. Without it: what the variable " + VARIABLE + " names")
    private @Nullable String option;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    KeysetOption(Streams streams) {
        this.streams = streams;
    }

    /** Null if it cannot read, and that was said. */
    @Nullable
    EncryptionKeyset required() throws KeysetException {
        String text = text();
        if (text == null) {
            throw new ParameterException(
                    spec.commandLine(), OPTION + " is missing, and the variable " + VARIABLE + " is not set");
        }
        EncryptionKeyset keyset = read(setting(), text);
        if (keyset.canUnwrap()) {
            return keyset;
        }
        streams.say(setting() + " [" + text + "] holds public keys, which only encrypt; to read, name the keyset with"
                + " the private keys");
        return null;
    }

    /** Null if there is none, or none that can read, which was said. */
    @Nullable
    EncryptionKeyset optional() throws KeysetException {
        return text() == null ? null : required();
    }

    /** Any keyset, of another option. */
    EncryptionKeyset read(String setting, String text) throws KeysetException {
        EncryptionKeyset keyset = EncryptionKeyset.read(setting, Reference.of(text));
        keyset.warnings().forEach(streams::say);
        return keyset;
    }

    private String setting() {
        return option == null ? VARIABLE : OPTION;
    }

    private @Nullable String text() {
        String variable = streams.environment().apply(VARIABLE);
        return option != null ? option : variable == null || variable.isBlank() ? null : variable;
    }
}
