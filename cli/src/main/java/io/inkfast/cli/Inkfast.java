package io.inkfast.cli;

import io.inkfast.internal.Ticker;
import io.inkfast.keys.KeysetException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code inkfast} command. Ends with 0; with 1 if it did its work and found what it should not; with 2 if a file cannot be
 * used; with 64 if it was called wrongly, or a keyset cannot be used. Commands for journals and encrypted logs have more to
 * say, and end with another code if a file cannot be used.
 */
@Command(
        name = "inkfast",
        description =
                "Keysets of Inkfast, and what only they can open; encrypted logs; whether a log is complete; events that"
                        + " processes have left; archives of streams.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        exitCodeOnInvalidInput = Inkfast.MISUSED,
        exitCodeOnExecutionException = Inkfast.WRONG,
        versionProvider = Inkfast.Version.class)
final class Inkfast implements Runnable {

    static final int FOUND = 1;
    static final int WRONG = 2;

    /** EX_USAGE of sysexits.h: no command has anything else to say with it. */
    static final int MISUSED = 64;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        Streams streams = Streams.of(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                new FileOutputStream(FileDescriptor.err),
                Progress.isTerminal(1),
                Progress.isTerminal(2),
                Ticker.SYSTEM);
        System.exit(run(streams, arguments));
    }

    static int run(Streams streams, String... arguments) {
        return new CommandLine(new Inkfast(), new Parts(streams))
                .addSubcommand(new KeysCommand(streams))
                .addSubcommand(new RevealCommand(streams))
                .addSubcommand(new DecryptCommand(streams))
                .addSubcommand(new VerifyCommand(streams))
                .addSubcommand(new SalvageCommand(streams))
                .addSubcommand(new RewrapCommand(streams))
                .addSubcommand(new AuditCommand(streams))
                .addSubcommand(new FlightCommand(streams))
                .addSubcommand(new DlqCommand(streams))
                .addSubcommand(new RecoverCommand(streams))
                .addSubcommand(new WalCommand(streams))
                .addSubcommand(new ArchiveCommand(streams))
                .setOut(streams.results())
                .setErr(streams.notes())
                .setExecutionExceptionHandler((e, command, parsed) -> failed(streams, e, command))
                .execute(arguments);
    }

    /** Makes what methods that are commands take beside their own options. */
    private record Parts(Streams streams) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == KeysetOption.class
                    ? type.cast(new KeysetOption(streams))
                    : CommandLine.defaultFactory().create(type);
        }
    }

    /* A stack trace is for bugs. */
    private static int failed(Streams streams, Exception e, CommandLine command) throws Exception {
        streams.progress().clear();
        if (e instanceof KeysetException) {
            streams.notes().println("inkfast: " + e.getMessage());
            return MISUSED;
        }
        if (e instanceof IOException) {
            streams.notes().println("inkfast: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        } else {
            throw e;
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Inkfast.class.getPackage().getImplementationVersion();
            return new String[] {"inkfast " + (version == null ? "(not packaged)" : version)};
        }
    }
}
