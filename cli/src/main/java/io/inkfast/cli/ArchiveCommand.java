package io.inkfast.cli;

import io.inkfast.internal.FileStorage;
import io.inkfast.internal.Settings;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.net.ClientLibrary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code inkfast archive}: a stream of Redis in compressed files, one for each day. Ends with 0; with 1 if there is no such
 * stream; with 2 if it was called wrongly or the archive cannot be used; with 3 if Redis cannot.
 */
@Command(
        name = "archive",
        description =
                "Writes the entries of a stream of Redis to compressed files of JSON lines, one for each day (UTC),"
                        + " and goes on behind them when it is called again.")
final class ArchiveCommand implements Callable<Integer> {

    static final int AWAY = 3;
    static final String VARIABLE = "INKFAST_REDIS_URL";

    private final Streams streams;

    @Option(
            names = "--url",
            paramLabel = "<url>",
            description = "such as redis://host:6379/2, or rediss: for TLS, without a password; without it: variable "
                    + VARIABLE + ", which may have user name and password in it")
    private @Nullable String url;

    @Option(names = "--username", paramLabel = "<name>", description = "who logs in, where that is not default")
    private @Nullable String username;

    @Option(names = "--password-file", paramLabel = "<file>", description = "a file with the password")
    private @Nullable Path passwordFile;

    @Option(names = "--stream", required = true, paramLabel = "<key>", description = "the key of the stream")
    private String stream = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "<directory>",
            description = "of the archive; it is made if it is not there")
    private Path out = Path.of("");

    @Option(
            names = "--older-than",
            paramLabel = "<age>",
            converter = Age.class,
            description =
                    "only entries that came so long ago, such as 7d, 12h, 30m or 0s; without it: those of all days"
                            + " that are over")
    private @Nullable Duration olderThan;

    @Option(
            names = "--trim",
            description = "remove from the stream what is in the archive and on the device; Redis 6.2")
    private boolean trim;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ArchiveCommand(Streams streams) {
        this.streams = streams;
    }

    static final class Age implements ITypeConverter<Duration> {

        private static final Pattern NOTATION = Pattern.compile("(\\d{1,6})([smhd])");

        @Override
        public Duration convert(String text) {
            Matcher matcher = NOTATION.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("[" + text + "] is not an age such as 7d, 12h, 30m or 0s");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
    }

    @Override
    public Integer call() throws IOException {
        RedisTarget target = target();
        boolean there = ClientLibrary.isThere(
                new Settings(),
                "io.lettuce:lettuce-core",
                "lettuce.core",
                "io.netty.channel.Channel",
                "reactor.core.publisher.Mono",
                "io.lettuce.core.RedisClient");
        if (!there) {
            streams.say("archive needs io.lettuce:lettuce-core, and what that needs, on the class path: java -cp"
                    + " 'inkfast.jar:lib-redis/*' io.inkfast.cli.Inkfast archive ...");
            return Inkfast.WRONG;
        }
        try (StreamSource source = RedisSource.open(target, stream)) {
            return archive(source);
        } catch (StreamSource.Unavailable e) {
            streams.say(e.getMessage());
            return AWAY;
        } catch (Archive.Unusable e) {
            streams.say(e.getMessage());
            return Inkfast.WRONG;
        }
    }

    private RedisTarget target() throws IOException {
        if (url != null && url.indexOf('@') >= 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--url has a user name or password in it, which others can see; use --username and"
                            + " --password-file, or variable " + VARIABLE);
        }
        String text = url == null ? streams.environment().apply(VARIABLE) : url;
        if (text == null) {
            throw new ParameterException(
                    spec.commandLine(), "--url is missing, and variable " + VARIABLE + " is not set");
        }
        RedisTarget target = RedisTarget.of(text);
        if (target == null) {
            // That of the variable may have a password in it.
            String what = url == null ? "variable " + VARIABLE : "--url [" + url + "]";
            throw new ParameterException(
                    spec.commandLine(),
                    what + " is not a URL such as redis://host:6379, rediss://host:6379 or" + " redis://host:6379/2");
        }
        RedisTarget complete = target.with(
                username,
                passwordFile == null ? null : Files.readString(passwordFile).strip());
        if (complete.username() != null && complete.password() == null) {
            throw new ParameterException(spec.commandLine(), "--username needs --password-file");
        }
        return complete;
    }

    private int archive(StreamSource source) throws IOException {
        if (!source.exists()) {
            streams.say("there is no stream [" + stream + "]; nothing is archived");
            return Inkfast.FOUND;
        }
        Path lock = out.resolve("." + Archive.cleaned(stream) + ".lock");
        FileStorage.createParents(lock);
        try (FileChannel channel = FileChannel.open(
                lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FileStorage.mode("rw-r-----"))) {
            if (!isAlone(channel)) {
                throw new Archive.Unusable(
                        "[" + out + "] is being written to for stream [" + stream + "] by another archive command");
            }
            syncParents();
            Archive archive = new Archive(new SystemDirectory(out, "rw-r-----"), stream);
            Archiving archiving = new Archiving(
                    archive,
                    source,
                    trim,
                    streams.progress(),
                    name -> streams.results().println(out.resolve(name)));
            try {
                archiving.run(olderThan);
            } finally {
                report(archiving, archive.mark());
            }
            return 0;
        }
    }

    private static boolean isAlone(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /* The names of directories that this or an earlier run has made; those of others we could not have made anything in. */
    private void syncParents() throws IOException {
        Path above = out.toAbsolutePath().normalize().getParent();
        while (above != null && Files.isReadable(above) && Files.isWritable(above)) {
            new SystemDirectory(above).sync();
            above = above.getParent();
        }
    }

    private void report(Archiving archiving, @Nullable ArchiveMark mark) {
        streams.say("[" + archiving.entries() + "] entries archived, in [" + archiving.written() + "] files"
                + (mark == null ? "" : "; the archive ends with entry [" + mark.last() + "]")
                + (trim ? "; [" + archiving.removed() + "] entries removed from the stream" : ""));
    }
}
