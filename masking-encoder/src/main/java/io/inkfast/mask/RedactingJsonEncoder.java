package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import io.inkfast.component.SelfChecking;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import io.inkfast.mask.schema.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import net.logstash.logback.composite.AbstractCompositeJsonFormatter;
import net.logstash.logback.encoder.LogstashEncoder;
import org.jspecify.annotations.Nullable;

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
public final class RedactingJsonEncoder extends LogstashEncoder implements EventRedactor, SelfChecking {

    private static final String MISCONFIGURED = "the redaction is misconfigured";

    private final LongAdder withheld = new LongAdder();
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private Redaction redaction = new Redaction();
    private @Nullable String eventId;
    private @Nullable String schema;
    private volatile @Nullable Policy policy;
    private volatile @Nullable FindingsReport report;
    private volatile @Nullable Trial trial;
    private volatile @Nullable EventIdentity identity;
    private volatile byte[] lineEnd = new byte[0];
    private volatile Charset charset = StandardCharsets.UTF_8;
    private @Nullable EventIdProvider eventIdProvider;
    private @Nullable Unprotected others;

    /** Called by Logback. */
    public RedactingJsonEncoder() {}

    /** What is redacted and how. Default: profiles secrets and pci. */
    public void setRedaction(Redaction redaction) {
        this.redaction = redaction;
    }

    /**
     * {@code true} writes the field {@code event.id}: the run id of the logger context and the sequence number of the event.
     * Default: {@code false}.
     */
    public void setEventId(String text) {
        eventId = text;
    }

    /**
     * The shape of a line: {@code logstash}, as LogstashEncoder writes it; {@code ecs}; {@code application};
     * {@code gateway}; {@code metrics}. Default: {@code logstash}.
     */
    public void setSchema(String text) {
        schema = text;
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
        List<String> fromXml = ConfigurationCheck.problems(this);
        (fromXml.isEmpty() ? NestedElements.problems(getContext()) : fromXml).forEach(settings::problem);
        Policy compiled = redaction.compile(settings);
        boolean numbered = settings.flag("eventId", eventId, false);
        Schema shape = Schema.read(settings, schema);
        List<String> problems = settings.problems();
        problems.forEach(this::addError);
        if (!problems.isEmpty() && redaction.refusesStart()) {
            addError("The encoder does not start; events are written without their content until that is corrected");
            return;
        }
        if (!problems.isEmpty()) {
            addError(
                    "Everything is redacted until that is corrected: only timestamp, level and logger of each event are"
                            + " written");
        }
        policy = null;
        try {
            getFormatter().use(compiled, shape);
            if (numbered && getContext() != null) {
                identity = EventIdentity.of(getContext());
                eventIdProvider = new EventIdProvider(EventIdentity.of(getContext()));
                getFormatter().getProviders().addProvider(eventIdProvider);
            }
            super.start();
            charset = Charset.forName(getEncoding());
            lineEnd = getLineSeparator() == null
                    ? new byte[0]
                    : getLineSeparator().getBytes(charset);
            if (problems.isEmpty()) {
                policy = compiled;
                if (!compiled.off() && Canary.leaks(compiled, this::rendered)) {
                    policy = null;
                    addError(Canary.FOUND);
                }
                others = compiled.off() ? null : Unprotected.watch(this);
            }
        } catch (RuntimeException | LinkageError e) {
            started = true;
            addError("Everything is redacted, because the encoder could not be set up ["
                    + e.getClass().getName() + "]: only" + " timestamp, level and logger of each event are written");
        }
        if (compiled.off() && problems.isEmpty()) {
            addWarn(compiled.whyOff());
        }
        startCounting(compiled, problems.isEmpty());
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
            super.stop();
            if (eventIdProvider != null) {
                getFormatter().getProviders().removeProvider(eventIdProvider);
                eventIdProvider = null;
            }
            identity = null;
        }
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        EventWriter writer = null;
        try {
            writer = render(event);
            if (writer != null) {
                byte[] bytes = writer.bytes();
                getFormatter().giveBack(writer);
                return bytes;
            }
            return withhold(event, MISCONFIGURED);
        } catch (Throwable e) {
            return failed(event, e);
        }
    }

    @Override
    public void encode(ILoggingEvent event, OutputStream outputStream) throws IOException {
        EventWriter writer = null;
        byte[] instead = null;
        try {
            writer = render(event);
            instead = writer == null ? withhold(event, MISCONFIGURED) : null;
        } catch (Throwable e) {
            instead = failed(event, e);
        }
        if (instead != null || writer == null) {
            outputStream.write(instead == null ? new byte[0] : instead);
        } else {
            outputStream.write(writer.buffer.array(), 0, writer.buffer.size());
            getFormatter().giveBack(writer);
        }
    }

    /* The event in a writer's buffer, or null if nothing may be rendered. */
    private @Nullable EventWriter render(ILoggingEvent event) throws IOException {
        if (policy == null) {
            return null;
        }
        EventIdentity numbers = identity;
        if (numbers != null) {
            numbers.stamp(event);
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
        if (redactor != null) {
            redactor.account(event);
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
            String safe = redactor.text(text);
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
                "json".equals(getDataFormat()) ? null : getFormatter().mapper(),
                policy,
                charset,
                new String(lineEnd, charset));
    }

    @Override
    public String describe(ILoggingEvent event) {
        return EventDescription.of(event, policy);
    }

    @Override
    public String loggerName(ILoggingEvent event) {
        return EventDescription.loggerName(event, policy);
    }

    @Override
    public ILoggingEvent freeze(ILoggingEvent event) {
        return FrozenEvent.of(event, policy, getFormatter().mapper());
    }
}
