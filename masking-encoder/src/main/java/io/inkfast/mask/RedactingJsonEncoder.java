package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import io.inkfast.component.Redacted;
import io.inkfast.component.SelfChecking;
import io.inkfast.component.WritesEventId;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import io.inkfast.mask.schema.Schema;
import io.inkfast.mask.text.Injection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import net.logstash.logback.composite.AbstractCompositeJsonFormatter;
import net.logstash.logback.encoder.LogstashEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.databind.ObjectMapper;

/*
 * An event goes through three places: RedactedEvent (message and exceptions, before anything splits or cuts them),
 * RedactingJsonGenerator (every name and value of the JSON), and here, for what is not JSON. Everything is rendered into a
 * buffer of our own first; only a whole line leaves it.
 */
/**
 * LogstashEncoder with redaction: every option and the output format of
 * {@link LogstashEncoder}, and no secrets or card numbers in it. On by default (profiles secrets and pci); see
 * {@link Redaction}. An event in which nothing is found is written as LogstashEncoder writes it.
 *
 * <p>Any thread. Each output is self-contained. Encoding throws nothing but the IOException of the stream it was given:
 * an event that cannot be redacted or rendered is written with its timestamp, level, logger and the reason, and counted
 * in {@link #getWithheldEvents}. With a wrong configuration every event is.
 *
 * @since 0.1.0
 */
public final class RedactingJsonEncoder extends LogstashEncoder implements EventRedactor, SelfChecking, WritesEventId {

    /* For an event that cannot even be withheld, because there is no stack left to make anything of it. */
    private static final String OVERFLOWN = "{\"message\":\"[event withheld: the stack overflowed]\"}";

    private final LongAdder withheld = new LongAdder();
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private final RedactionElement redaction = new RedactionElement();
    private @Nullable String eventId;
    private @Nullable String schema;
    private @Nullable String encoding;
    private volatile @Nullable Policy policy;
    private volatile PolicyRedactor lent = PolicyRedactor.withholding();
    private volatile @Nullable FindingsReport report;
    private volatile @Nullable Trial trial;
    private volatile @Nullable EventIdentity identity;
    private volatile Schema shape = Schema.LOGSTASH;
    private volatile byte[] lineEnd = new byte[0];
    private volatile byte[] overflown = new byte[0];
    private volatile Charset charset = StandardCharsets.UTF_8;
    private @Nullable EventIdProvider eventIdProvider;
    private @Nullable Unprotected others;

    /** Called by Logback. */
    public RedactingJsonEncoder() {}

    /** What is redacted and how. Default: profiles secrets and pci. */
    public void setRedaction(Redaction redaction) {
        this.redaction.set(redaction);
    }

    /**
     * {@code true} writes the field {@code event.id}: the run id of the logger context and the sequence number of the event;
     * and that number as {@code event.sequence}. Default: {@code false}; switched on by a write-ahead or network appender.
     */
    public void setEventId(String text) {
        eventId = text;
    }

    @Override
    public void writeEventId() {
        eventId = "true";
        if (isStarted() && eventIdProvider == null && getContext() != null) {
            // Only the formatter begins anew: what else a start finds out, it finds at its own place in the
            // configuration.
            boolean formatting = getFormatter().isStarted();
            if (formatting) {
                getFormatter().stop();
            }
            number(getContext());
            if (formatting) {
                getFormatter().start();
            }
        }
    }

    private void number(Context context) {
        EventIdentity numbers = EventIdentity.of(context);
        identity = numbers;
        eventIdProvider = new EventIdProvider(numbers, shape);
        getFormatter().getProviders().addProvider(eventIdProvider);
    }

    /**
     * The shape of a line: {@code logstash}, as LogstashEncoder writes it; {@code ecs}; {@code application};
     * {@code gateway}; {@code metrics}. Default: {@code logstash}.
     */
    public void setSchema(String text) {
        schema = text;
    }

    /**
     * How the lines are encoded: {@code UTF-8}, {@code UTF-16BE}, {@code UTF-16LE}, {@code UTF-32BE} or {@code UTF-32LE}.
     * Default: {@code UTF-8}.
     */
    @Override
    public void setEncoding(String text) {
        encoding = text;
    }

    /** How many events were written without their content because they could not be redacted. */
    public long getWithheldEvents() {
        return withheld.sum();
    }

    @Override
    protected AbstractCompositeJsonFormatter<ILoggingEvent> createFormatter() {
        return new RedactingFormatter(this);
    }

    @Override
    protected RedactingFormatter getFormatter() {
        return (RedactingFormatter) super.getFormatter();
    }

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        Settings settings = new Settings();
        Policy compiled = Setup.compile(this, redaction, settings, true);
        boolean numbered = settings.flag("eventId", eventId, false);
        shape = Schema.read(settings, schema);
        JsonEncoding written = Encodings.read(settings, encoding);
        Setup.Outcome outcome = Setup.reported(this, redaction, settings, compiled);
        policy = null;
        lent = PolicyRedactor.withholding();
        if (outcome.refused()) {
            return;
        }
        try {
            super.setEncoding(written.getJavaName());
            charset = Charset.forName(written.getJavaName());
            lineEnd = getLineSeparator() == null
                    ? new byte[0]
                    : getLineSeparator().getBytes(charset);
            overflown = (OVERFLOWN + new String(lineEnd, charset)).getBytes(charset);
            getFormatter().use(compiled, shape);
            if (numbered && getContext() != null) {
                number(getContext());
            }
            super.start();
            use(outcome.policy());
        } catch (RuntimeException | LinkageError e) {
            policy = null;
            started = true;
            Setup.failed(this, "encoder", e);
        }
        startCounting(compiled, outcome.policy() != null);
    }

    private void use(@Nullable Policy compiled) {
        if (compiled == null) {
            return;
        }
        policy = compiled;
        if (!compiled.off() && Canary.leaks(compiled, this::rendered)) {
            policy = null;
            addError(Canary.FOUND);
        }
        ObjectMapper mapper = getFormatter().mapper();
        if (policy != null && mapper != null) {
            lent = PolicyRedactor.of(compiled, mapper, notices, withheld::increment);
        }
        others = compiled.off() ? null : Unprotected.watch(this);
    }

    private void startCounting(Policy compiled, boolean good) {
        compiled.findings().clear(); // the canary was no finding
        FindingsReport shown = new FindingsReport(compiled.findings(), this, Ticker.SYSTEM);
        Policy tried = good ? compiled.trial() : null;
        trial = tried == null ? null : new Trial(getFormatter(), tried, shown);
        shown.start();
        report = shown;
    }

    @Override
    public void stop() {
        if (isStarted()) {
            trial = null;
            FindingsReport shown = report;
            report = null;
            if (shown != null) {
                shown.stop();
            }
            policy = null;
            lent = PolicyRedactor.withholding();
            super.stop();
            if (eventIdProvider != null) {
                getFormatter().getProviders().removeProvider(eventIdProvider);
                eventIdProvider = null;
            }
            identity = null;
        }
    }

    @Override
    public byte[] encode(ILoggingEvent given) {
        ILoggingEvent event = given;
        EventWriter writer = null;
        try {
            event = numbered(given);
            writer = render(event);
            if (writer != null) {
                byte[] bytes = writer.bytes();
                getFormatter().giveBack(writer);
                return bytes;
            }
            return withhold(event, Setup.MISCONFIGURED);
        } catch (Throwable e) {
            try {
                return failed(event, e);
            } catch (Throwable again) {
                return overflown;
            }
        }
    }

    @Override
    public void encode(ILoggingEvent given, OutputStream outputStream) throws IOException {
        ILoggingEvent event = given;
        EventWriter writer = null;
        byte[] instead = null;
        try {
            event = numbered(given);
            writer = render(event);
            instead = writer == null ? withhold(event, Setup.MISCONFIGURED) : null;
        } catch (Throwable e) {
            try {
                instead = failed(event, e);
            } catch (Throwable again) {
                instead = overflown;
            }
        }
        if (instead != null || writer == null) {
            outputStream.write(instead == null ? new byte[0] : instead);
        } else {
            outputStream.write(writer.buffer.array(), 0, writer.buffer.size());
            getFormatter().giveBack(writer);
        }
    }

    private ILoggingEvent numbered(ILoggingEvent event) {
        EventIdentity numbers = identity;
        return numbers == null ? event : numbers.numbered(event);
    }

    /* The event in a writer's buffer, or null if nothing may be rendered. */
    private @Nullable EventWriter render(ILoggingEvent event) throws IOException {
        if (policy == null) {
            return null;
        }
        if (others != null) {
            others.event();
        }
        EventWriter writer = getFormatter().take();
        affix(getPrefix(), event, writer);
        getFormatter().write(writer, event);
        affix(getSuffix(), event, writer);
        writer.buffer.write(lineEnd, 0, lineEnd.length);
        Redactor redactor = writer.redactor;
        Trial counting = trial;
        boolean counted = event instanceof Redacted redacted && redacted.redactedBy() == this;
        if (redactor != null) {
            redactor.account(event, !counted);
        } else if (counting != null) {
            counting.event(event);
        }
        return writer;
    }

    private String rendered(ILoggingEvent event) throws IOException {
        EventWriter writer = render(event);
        return writer == null ? "" : new String(writer.bytes(), charset);
    }

    private void affix(@Nullable Encoder<ILoggingEvent> encoder, ILoggingEvent event, EventWriter writer)
            throws IOException {
        byte[] bytes = encoder == null ? null : encoder.encode(writer.seen(event));
        if (bytes == null || bytes.length == 0) {
            return;
        }
        Redactor redactor = writer.redactor;
        if (redactor != null) {
            String text = new String(bytes, charset);
            // A line break of data would begin a line that nobody logged.
            String safe = Injection.neutralise(redactor.text(text));
            if (!safe.equals(text)) {
                bytes = safe.getBytes(charset);
            }
        }
        writer.buffer.write(bytes);
    }

    private byte[] failed(ILoggingEvent event, Throwable e) {
        String name = e.getClass().getName();
        notices.error(
                "withheld " + name,
                "The content of an event was withheld, because it could not be redacted [" + name + "]");
        return withhold(event, "redaction failed " + name);
    }

    private byte[] withhold(ILoggingEvent event, String reason) {
        withheld.increment();
        FindingsReport shown = report;
        if (shown != null) {
            shown.withheldEvent();
        }
        return WithheldEvent.encode(
                event,
                reason,
                getFieldNames(),
                shape,
                "json".equals(getDataFormat()) ? null : getFormatter().mapper(),
                policy,
                charset,
                new String(lineEnd, charset),
                identity);
    }

    @Override
    public String describe(ILoggingEvent event) {
        return lent.describe(event);
    }

    @Override
    public String loggerName(ILoggingEvent event) {
        return lent.loggerName(event);
    }

    @Override
    public ILoggingEvent freeze(ILoggingEvent event) {
        return lent.freeze(event);
    }

    @Override
    public ILoggingEvent redact(ILoggingEvent event) {
        return lent.redact(event);
    }

    @Override
    public Object rules() {
        return redaction.get().configured();
    }
}
