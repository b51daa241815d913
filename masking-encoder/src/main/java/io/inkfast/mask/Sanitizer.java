package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextVO;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.scan.Types;
import io.inkfast.mask.text.Injection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.ObjectMapper;

/**
 * Makes each part of an event such that anybody may see it. Objects become their redacted JSON where there is a mapper, else
 * their redacted text. Kept for the next event; one thread at a time.
 */
final class Sanitizer {

    private static final String WITHHELD = "[withheld]";

    private final Redactor redactor;
    private final Values values;
    private final boolean escaping;
    private final boolean fixing;
    private final @Nullable Freezer freezer;
    private final Statements statements;
    private final SafeTexts known = new SafeTexts(this);
    private @Nullable LoggerContextVO context;
    private @Nullable LoggerContextVO safeContext;
    private int contextVersion;

    /**
     * @param escaping whether harmful characters become visible escapes: for text, not for JSON, which has its own
     * @param mapper renders objects as JSON; null renders them as text
     * @param fixing whether also values that cannot change become JSON, unless they are truth values, numbers or texts
     */
    Sanitizer(Policy policy, boolean escaping, @Nullable ObjectMapper mapper, boolean fixing) {
        this.redactor = new Redactor(policy);
        this.values = redactor.values();
        this.escaping = escaping;
        this.fixing = fixing;
        this.freezer = mapper == null ? null : new Freezer(redactor, mapper);
        this.statements = fixing && freezer != null
                ? new FixedStatements(this, redactor, freezer)
                : new Statements(this, redactor);
    }

    /** To be called before each event. */
    void begin() {
        redactor.begin();
        known.begin(redactor.version());
        if (contextVersion != redactor.version()) {
            contextVersion = redactor.version();
            context = null;
            safeContext = null;
        }
    }

    Redactor redactor() {
        return redactor;
    }

    @Nullable
    Freezer freezer() {
        return freezer;
    }

    String text(String text) {
        return visible(redactor.text(text));
    }

    /** Names of fields, loggers, threads and markers: there are few, so what was decided is remembered. */
    String name(String name) {
        return visible(redactor.name(name).shown());
    }

    boolean sensitive(@Nullable String name) {
        return name != null && redactor.name(name).sensitive();
    }

    private String visible(String text) {
        return escaping ? Injection.neutralise(text) : text;
    }

    @Nullable
    String message(ILoggingEvent event) {
        String message = redactor.message(event);
        return message == null ? null : visible(message);
    }

    /**
     * What is seen of a value.
     *
     * @param name null for a value that stands by itself
     */
    @Nullable
    Object value(@Nullable String name, @Nullable Object value) {
        if (value == null || "".equals(value)) {
            return value;
        }
        int type = values.type(name, value);
        boolean whole = type < 0 || type == Types.UNLISTED;
        if (name == null && whole && value instanceof StructuredArgument argument) {
            return structured(argument);
        }
        if (value instanceof Throwable && (type < 0 || (name == null && whole))) {
            return values.classOnly() ? value.getClass().getName() : fixing ? object(value, type) : rendered(value);
        }
        boolean object = Freezer.mayChange(value) || Freezer.isFrozen(value) || (fixing && !isScalar(value));
        if (object && whole && !(value instanceof CharSequence)) {
            return object(value, type);
        }
        if (type >= 0) {
            return visible(redactor.shown(type, value));
        }
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof CharSequence text) {
            return text(text.toString());
        }
        return value instanceof Number number && number.getClass().getName().startsWith("java.lang.")
                ? number(number)
                : otherThan(value, rendered(value));
    }

    /* Of the JDK, where nothing can go wrong. */
    private Object number(Number number) {
        boolean fraction = number instanceof Double || number instanceof Float;
        if (!fraction && redactor.isTooShort(number.longValue())) {
            return number;
        }
        String shown = fraction ? plain(number) : number.toString();
        String safe = text(shown);
        return safe.equals(shown) ? number : safe;
    }

    private static Object otherThan(Object value, String safe) {
        return safe.equals(String.valueOf(value)) ? value : safe;
    }

    private static boolean isScalar(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    /* Its parts have names of their own; where they are not seen, strict lets none pass. */
    private Object object(Object value, int type) {
        if (freezer != null) {
            return freezer.value(value, type < 0);
        }
        return redactor.policy().strict() && !Safe.is(value) ? TextScanner.MASK : rendered(value);
    }

    /** What is seen of a text that an exception says of itself. */
    @Nullable
    String exceptionText(@Nullable String text) {
        String seen = values.exceptionText(text);
        return seen == null ? null : visible(seen);
    }

    /* A card number in scientific notation is one. */
    private static String plain(Number number) {
        double value = number.doubleValue();
        return Double.isFinite(value) ? new BigDecimal(value).toPlainString() : String.valueOf(value);
    }

    private Object structured(StructuredArgument argument) {
        return freezer == null ? printed(argument) : freezer.structured(argument);
    }

    /** What a structured argument or a marker with fields prints. */
    String printed(Object argument) {
        try {
            NamedArgument named = NamedArgument.of(argument);
            if (named == null) {
                return redactor.policy().strict() ? TextScanner.MASK : rendered(argument);
            }
            int type = redactor.type(named.name());
            return type < 0 ? rendered(argument) : visible(named.shown(type, redactor));
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return WITHHELD;
        }
    }

    private String rendered(Object value) {
        try {
            return text(Freezer.printed(value));
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return WITHHELD;
        }
    }

    /** Template and arguments. */
    Statement statement(ILoggingEvent event, @Nullable String message) {
        return statements.of(event, message);
    }

    /** A template, which returns with each event of its statement. */
    String template(String template) {
        return known.template(template);
    }

    @Nullable
    List<KeyValuePair> pairs(@Nullable List<KeyValuePair> pairs) {
        if (pairs == null || pairs.isEmpty()) {
            return pairs;
        }
        List<KeyValuePair> safe = new ArrayList<>(pairs.size());
        for (KeyValuePair pair : pairs) {
            if (pair != null && !values.removes(pair.key)) {
                String key = pair.key == null ? null : name(pair.key);
                safe.add(new KeyValuePair(key, value(pair.key == null ? "" : pair.key, pair.value)));
            }
        }
        return safe;
    }

    /** The MDC. */
    Map<String, String> mdc(@Nullable Map<String, String> map) {
        return map == null || map.isEmpty() ? Map.of() : known.map(map);
    }

    /** The same, without looking whether it is known. */
    Map<String, String> newMdc(Map<String, String> map) {
        return Collections.unmodifiableMap(map(map, (key, value) -> String.valueOf(value(key, value))));
    }

    /* Strict or not: they are configuration. */
    private String property(String key, String value) {
        int type = redactor.name(key).type();
        return type < 0 || value.isEmpty() ? text(value) : visible(redactor.shown(type, value));
    }

    private Map<String, String> map(@Nullable Map<String, String> map, BinaryOperator<String> seen) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        Map<String, String> safe = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (values.removes(key)) {
                return;
            }
            String name = key == null ? null : name(key);
            for (int number = 2; safe.containsKey(name); number++) {
                name = (key == null ? null : name(key)) + "#" + number;
            }
            safe.put(name, value == null ? null : seen.apply(key == null ? "" : key, value));
        });
        return safe;
    }

    /** The name and the properties of the logger context; the same as last time if they have not changed. */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // The context makes a new one when something changes.
    LoggerContextVO context(@Nullable LoggerContextVO original) {
        if (original == null) {
            return null;
        }
        LoggerContextVO known = safeContext;
        if (known == null || original != context) {
            String name = original.getName();
            known = new LoggerContextVO(
                    name == null ? null : name(name),
                    map(original.getPropertyMap(), this::property),
                    original.getBirthTime());
            safeContext = known;
            context = original;
        }
        return known;
    }
}
