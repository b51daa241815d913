package io.inkfast.mask;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.EnsureExceptionHandling;
import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.pattern.Converter;
import ch.qos.logback.core.pattern.ConverterUtil;
import ch.qos.logback.core.pattern.DynamicConverter;
import ch.qos.logback.core.pattern.IdentityCompositeConverter;
import ch.qos.logback.core.pattern.PostCompileProcessor;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import io.inkfast.component.SelfChecking;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * Three times: the converters see a SafeEvent and not the event; the output of each is swept and neutralised before it is
 * cut to its width; and the whole line is swept, for what only stands together there.
 */
/**
 * PatternLayout with redaction: the same patterns, and no secrets or card numbers in what they print, whatever the
 * converter, and no data that begins a line or moves the cursor. On by default (profiles secrets and pci); see
 * {@link Redaction}. One event is one line and the lines of its stack trace.
 *
 * <p>Any thread. Throws nothing: an event that cannot be redacted or rendered is written with its timestamp, level, logger
 * and the reason, and counted in {@link #getWithheldEvents}. With a wrong configuration every event is.
 *
 * @since 0.1.0
 */
public final class RedactingPatternLayout extends PatternLayout implements EventRedactor, SelfChecking {

    private static final Pattern CUT_OFF = Pattern.compile("(?<!\\\\)\\)%");

    private final LongAdder withheld = new LongAdder();
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private final RedactionElement redaction = new RedactionElement();
    private boolean foreignProcessor;
    private @Nullable Unprotected others;
    private volatile @Nullable Sanitizers sanitizers;
    private volatile PolicyRedactor lent = PolicyRedactor.withholding();

    /** Called by Logback. */
    public RedactingPatternLayout() {
        postCompileProcessor = new GuardedExceptions();
    }

    /** What is redacted and how. Default: profiles secrets and pci. */
    public void setRedaction(Redaction redaction) {
        this.redaction.set(redaction);
    }

    /** Not possible here: it could add converters that nobody guards. Reported in start(). */
    @Override
    public void setPostCompileProcessor(PostCompileProcessor<ILoggingEvent> processor) {
        foreignProcessor = true;
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
        settings.required("pattern", getPattern());
        if (foreignProcessor) {
            settings.problem("<postCompileProcessor> is not possible in a layout that redacts");
        }
        Setup.Outcome outcome = Setup.policy(this, redaction, settings);
        sanitizers = null;
        lent = PolicyRedactor.withholding();
        if (outcome.refused()) {
            return;
        }
        if (settings.problems().isEmpty() && CUT_OFF.matcher(getPattern()).find()) {
            addWarn(
                    "<pattern> has [)%]: Logback prints what follows a closing parenthesis at once as it stands; put a space"
                            + " between them");
        }
        Policy policy = outcome.policy();
        try {
            if (policy != null) {
                super.start();
                Sanitizers ready = new Sanitizers(policy, true, null);
                boolean leaks = isStarted() && !policy.off() && Canary.leaks(policy, event -> render(event, ready));
                if (leaks) {
                    addError(Canary.FOUND);
                }
                sanitizers = isStarted() && !leaks ? ready : null;
                lent = sanitizers == null
                        ? PolicyRedactor.withholding()
                        : PolicyRedactor.of(policy, SharedMapper.MAPPER, notices, withheld::increment);
                others = policy.off() ? null : Unprotected.watch(this);
            }
        } catch (RuntimeException | LinkageError e) {
            Setup.failed(this, "pattern", e);
        }
        started = true;
    }

    @Override
    public void stop() {
        sanitizers = null;
        lent = PolicyRedactor.withholding();
        super.stop();
    }

    @Override
    @SuppressWarnings("rawtypes") // As Logback declares it.
    public Map<String, Supplier<DynamicConverter>> getEffectiveConverterMap() {
        Map<String, Supplier<DynamicConverter>> guarded = new HashMap<>();
        super.getEffectiveConverterMap().forEach((word, supplier) -> guarded.put(word, () -> guarded(supplier)));
        guarded.putIfAbsent("redact", IdentityCompositeConverter::new);
        return guarded;
    }

    @SuppressWarnings({"rawtypes", "unchecked", "NullAway"}) // Logback's suppliers give null for a class that fails.
    private static DynamicConverter guarded(Supplier<DynamicConverter> supplier) {
        DynamicConverter converter = supplier.get();
        return converter == null ? null : Guards.before(converter);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        if (!isStarted()) {
            return "";
        }
        try {
            Sanitizers pool = sanitizers;
            if (others != null) {
                others.event();
            }
            return pool == null ? withhold(event, Setup.MISCONFIGURED) : render(event, pool);
        } catch (Throwable e) {
            String name = e.getClass().getName();
            notices.error(
                    "withheld " + name,
                    "The content of an event was withheld, because it could not be redacted [" + name + "]");
            return withhold(event, "redaction failed " + name);
        }
    }

    private String render(ILoggingEvent event, Sanitizers pool) {
        Sanitizer sanitizer = pool.take();
        String line = writeLoopOnConverters(new SafeEvent(event, sanitizer));
        String swept = sweep(line, sanitizer.redactor());
        pool.giveBack(sanitizer);
        return swept;
    }

    /** Redacts rendered text as one; if that would swallow a line break, each line for itself. */
    static String sweep(String text, Redactor redactor) {
        String swept = redactor.text(text);
        if (swept.equals(text) || breaks(swept) == breaks(text)) {
            return swept;
        }
        StringBuilder out = new StringBuilder(text.length());
        int start = 0;
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', start)) {
            out.append(redactor.text(text.substring(start, feed))).append('\n');
            start = feed + 1;
        }
        return out.append(redactor.text(text.substring(start))).toString();
    }

    private static long breaks(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private String withhold(ILoggingEvent event, String reason) {
        withheld.increment();
        Sanitizers pool = sanitizers;
        return WithheldEvent.line(event, reason, pool == null ? null : pool.policy());
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

    /** Adds the converter for exceptions that the pattern lacks, behind a guard. */
    private static final class GuardedExceptions extends EnsureExceptionHandling {

        @Override
        public void process(Context context, Converter<ILoggingEvent> head) {
            if (!chainHandlesThrowable(head)) {
                boolean packaging = context instanceof LoggerContext logger && logger.isPackagingDataEnabled();
                ConverterUtil.findTail(head)
                        .setNext(Guards.before(
                                packaging ? new ExtendedThrowableProxyConverter() : new ThrowableProxyConverter()));
            }
            Guards.findMargins(head, true);
        }
    }

    @Override
    public Object rules() {
        return redaction.get().configured();
    }
}
