package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import io.inkfast.component.SelfChecking;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import io.inkfast.mask.schema.Schema;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;

/**
 * Redacts what any other encoder writes: that one gets redacted events, and what it makes of them is searched once more,
 * JSON by its structure, other text as text. For encoders that have no redacting counterpart; what it costs is said in the
 * documentation. On by default (profiles secrets and pci); see {@link Redaction}.
 *
 * <p>Any thread. Throws nothing: an event that cannot be redacted or rendered, and output that is not text, is written with
 * timestamp, level, logger and the reason, and counted in {@link #getWithheldEvents}. With a wrong configuration every event
 * is.
 *
 * @since 0.1.0
 */
public final class RedactingEncoder extends EncoderBase<ILoggingEvent> implements EventRedactor, SelfChecking {

    private final LongAdder withheld = new LongAdder();
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private final RedactionElement redaction = new RedactionElement();
    private @Nullable Encoder<ILoggingEvent> encoder;
    private @Nullable Unprotected others;
    private volatile Charset charset = StandardCharsets.UTF_8;
    private volatile boolean json;
    private volatile @Nullable Sanitizers sanitizers;
    private volatile PolicyRedactor lent = PolicyRedactor.withholding();

    /** Called by Logback. */
    public RedactingEncoder() {}

    /** What is redacted and how. Default: profiles secrets and pci. */
    public void setRedaction(Redaction redaction) {
        this.redaction.set(redaction);
    }

    /** The encoder that writes the events. Required. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    /** How many events were written without their content because they could not be redacted. */
    public long getWithheldEvents() {
        return withheld.sum();
    }

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        Settings settings = new Settings();
        Encoder<ILoggingEvent> inner = encoder;
        if (inner == null) {
            settings.problem("<encoder> is required in a RedactingEncoder");
        } else {
            if (!inner.isStarted()) {
                inner.start();
            }
            if (!inner.isStarted()) {
                settings.problem("the <encoder> in a RedactingEncoder has not started");
            }
        }
        Setup.Outcome outcome = Setup.policy(this, redaction, settings);
        sanitizers = null;
        lent = PolicyRedactor.withholding();
        if (outcome.refused()) {
            return;
        }
        if (inner instanceof LayoutWrappingEncoder<?> text && text.getCharset() != null) {
            charset = text.getCharset();
        }
        super.start();
        Policy policy = outcome.policy();
        if (policy != null && inner != null) {
            use(policy, inner);
        }
    }

    private void use(Policy policy, Encoder<ILoggingEvent> inner) {
        Sanitizers plain = new Sanitizers(policy, false, SharedMapper.MAPPER);
        // Only an event can tell what it writes.
        boolean leaks = Canary.leaks(policy, event -> {
            String text = new String(render(event, plain, inner), charset);
            json = RenderedText.isJson(text);
            return text;
        });
        if (leaks && !policy.off()) {
            addError(Canary.FOUND);
            return;
        }
        sanitizers = json ? plain : new Sanitizers(policy, true, SharedMapper.MAPPER);
        lent = PolicyRedactor.of(policy, SharedMapper.MAPPER, notices, withheld::increment);
        others = policy.off() ? null : Unprotected.watch(this);
    }

    /** Stops the encoder inside, too. */
    @Override
    public void stop() {
        if (isStarted()) {
            sanitizers = null;
            lent = PolicyRedactor.withholding();
            super.stop();
            if (encoder != null) {
                encoder.stop();
            }
        }
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        try {
            Sanitizers pool = sanitizers;
            Encoder<ILoggingEvent> inner = encoder;
            if (pool == null || inner == null) {
                return withhold(event, Setup.MISCONFIGURED);
            }
            if (others != null) {
                others.event();
            }
            return pool.policy().off() ? inner.encode(event) : render(event, pool, inner);
        } catch (Throwable e) {
            String name = e.getClass().getName();
            notices.error(
                    "withheld " + name,
                    "The content of an event was withheld, because it could not be redacted [" + name + "]");
            return withhold(event, "redaction failed " + name);
        }
    }

    private byte[] render(ILoggingEvent event, Sanitizers pool, Encoder<ILoggingEvent> inner) {
        Sanitizer sanitizer = pool.take();
        byte[] bytes = inner.encode(new SafeEvent(event, sanitizer));
        byte[] swept = bytes == null ? new byte[0] : swept(bytes, sanitizer.redactor());
        pool.giveBack(sanitizer);
        return swept;
    }

    private byte[] swept(byte[] bytes, Redactor redactor) {
        String text = new String(bytes, charset);
        if (!Arrays.equals(text.getBytes(charset), bytes)) {
            throw new IllegalStateException("the output is not text");
        }
        String swept = RenderedText.swept(text, redactor);
        return swept.equals(text) ? bytes : swept.getBytes(charset);
    }

    private byte[] withhold(ILoggingEvent event, String reason) {
        withheld.increment();
        Sanitizers pool = sanitizers;
        Policy policy = pool == null ? null : pool.policy();
        return json
                ? WithheldEvent.encode(
                        event,
                        reason,
                        new LogstashFieldNames(),
                        Schema.LOGSTASH,
                        null,
                        policy,
                        charset,
                        System.lineSeparator(),
                        null)
                : WithheldEvent.line(event, reason, policy).getBytes(charset);
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return encoder == null ? null : encoder.headerBytes();
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return encoder == null ? null : encoder.footerBytes();
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
