package io.inkfast.file;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.HandMadeContext;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.internal.FileStorage;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From the settings of an appender to its run: what must be right, and how the parts are joined. */
final class FileSetup {

    private FileSetup() {}

    /** Adds every problem of the appender to {@code settings}. */
    static void check(BatchingFileAppender appender, Settings settings, @Nullable String file, FilePolicies policies) {
        HandMadeContext.complete(appender.getContext());
        ConfigurationCheck.problems(appender).forEach(settings::problem);
        if (appender.getEncoder() == null) {
            settings.problem("an <encoder> is required");
        }
        if (file == null
                && policies.rolling() == null
                && appender.rawFileProperty().isEmpty()) {
            settings.problem("<file> is required, unless a <rollingPolicy> names the files");
        }
        if (appender.isPrudent()) {
            settings.problem("<prudent> [true] is not supported and not needed: a second writer of the file gets a file"
                    + " of its own; remove the element");
        }
        policies.check(settings, file);
    }

    /** Joins the parts. */
    static FileRun run(
            BatchingFileAppender appender,
            FilePolicies policies,
            Books books,
            Rejections rejections,
            Notices notices,
            long maxQueuedBytes,
            @Nullable FileStructure structure) {
        Encoder<ILoggingEvent> encoder = appender.getEncoder();
        Edges edges = new Edges(
                quietly(encoder::headerBytes, notices),
                quietly(encoder::footerBytes, notices),
                structure == null ? null : structure.format());
        Ticker ticker = Ticker.SYSTEM;
        RollingPolicy rolling = policies.rolling();
        TriggeringPolicy<ILoggingEvent> triggering = policies.triggering();
        Length length = new Length();
        Roller<ILoggingEvent> roller = rolling == null || triggering == null
                ? new PlainFile(Path.of(String.valueOf(appender.rawFileProperty())))
                : new PolicyRoller(rolling, triggering, notices, length);
        FileCondition condition = new FileCondition(books, notices, appender::addInfo, ticker);
        FileEngine<ILoggingEvent> engine = new FileEngine<>(
                new FileStorage(), roller, edges, condition, ticker, !appender.isAppend() && rolling == null);
        length.engine = engine;
        FileGate<ILoggingEvent> gate = new FileGate<>(
                engine,
                new Backlog<>(maxQueuedBytes, structure != null),
                books,
                ticker,
                structure == null ? Duration.ZERO : structure.flushInterval());
        Intake intake =
                new Intake(appender::getFilterChainDecision, Encoding.of(encoder), roller.wantsEvent(), books, notices);
        String name = String.valueOf(appender.getName());
        return new FileRun(
                gate,
                new CallerWrites(
                        name,
                        intake,
                        gate,
                        condition,
                        structure == null ? Level.OFF : structure.flushLevel(),
                        rejections,
                        notices),
                new FrontWrites(name, intake, gate, rejections),
                condition);
    }

    /* Encoders are other people's code. */
    private static Supplier<byte @Nullable []> quietly(Supplier<byte @Nullable []> part, Notices notices) {
        return () -> {
            try {
                return part.get();
            } catch (RuntimeException | LinkageError e) {
                notices.error(
                        "frame",
                        "the encoder's header or footer failed with "
                                + e.getClass().getName());
                return null;
            }
        };
    }

    /* The roller asks the engine, which is made with the roller. */
    private static final class Length implements java.util.function.LongSupplier {

        @Nullable
        FileEngine<ILoggingEvent> engine;

        @Override
        public long getAsLong() {
            return engine == null ? 0 : engine.length();
        }
    }
}
