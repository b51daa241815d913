package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.mask.scan.FieldNames;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Template;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.scan.Types;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.BitSet;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;
import tools.jackson.databind.JacksonSerializable;

/**
 * Applies a policy to names, texts and messages, and remembers what it decided about names and templates. One thread at a
 * time.
 */
final class Redactor {

    /** A name, and what was decided about it. */
    record Name(
            String original,
            String shown,
            int type,
            boolean naming,
            boolean named,
            boolean listed,
            FieldPaths.Fit fit) {

        boolean sensitive() {
            return type >= 0;
        }
    }

    private static final int CACHED = 512;
    /* Whole numbers below it are searched for nothing: no known secret is that short, and there are many of them. */
    private static final int SHORT = 100_000;
    /* In whole numbers below it no detector of ours finds anything, so that only what the user searches for matters. */
    private static final int UNDETECTED = 10_000_000;

    private final Policy policy;
    private final TextScanner scanner;
    /* Whether the user has patterns or known secrets in the configuration. The shared known secrets are a search too, always. */
    private final boolean searches;
    private final @Nullable Name[] decidedNames = new Name[CACHED];
    private final Placeholders placeholders;
    private final Values values = new Values(this);

    /* With which shared known secrets the names and templates were decided that are remembered. */
    private int knownSecretsVersion;

    /** A text that this redactor has returned for the current event; it need not be searched again. */
    private @Nullable String trusted;

    private @Nullable String scanned;

    Redactor(Policy policy) {
        this.policy = policy;
        this.scanner = policy.rules().newScanner();
        this.searches = policy.rules().searchCount() > 1;
        this.placeholders = new Placeholders(scanner, policy.rules().names());
    }

    Policy policy() {
        return policy;
    }

    Replacement replacement(int type) {
        scanner.note(type);
        return policy.rules().replacement(type);
    }

    /** A value of this type as it may be seen; what is more than a value is masked, since its parts have no name. */
    String shown(int type, @Nullable Object value) {
        Replacement replacement = replacement(type);
        return replacement.removes() || !isScalar(value)
                ? TextScanner.MASK
                : replacement.of(value instanceof InetAddress ip ? ip.getHostAddress() : String.valueOf(value));
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof CharSequence
                || !(Freezer.mayChange(value)
                        || value instanceof Throwable
                        || value instanceof Class<?>
                        || value instanceof StructuredArgument
                        || value instanceof JacksonSerializable);
    }

    Values values() {
        return values;
    }

    boolean classOnly() {
        return policy.classOnly();
    }

    String text(String text) {
        return isTrusted(text) ? text : scanned(text);
    }

    private String scanned(String text) {
        return scanned(text, Template.UNKNOWN);
    }

    private String scanned(String text, Template template) {
        scanned = text;
        return policy.off() ? text : scanner.redact(text, template);
    }

    @SuppressWarnings("ReferenceEquality") // the very instance, not an equal text
    private boolean isTrusted(String text) {
        return text == trusted;
    }

    void begin() {
        trusted = null;
        int version = KnownSecrets.SHARED.version();
        if (version != knownSecretsVersion) {
            // What was shown of a name then need not be what may be shown of it now.
            knownSecretsVersion = version;
            Arrays.fill(decidedNames, null);
            placeholders.forget();
        }
    }

    /** Lets go of the last event: of its texts, and of what was found in it and not counted. */
    void release() {
        trusted = null;
        scanned = null;
        scanner.forget();
    }

    /** Changes whenever something is found. */
    int notes() {
        return scanner.notes();
    }

    /** Changes with the known secrets. */
    int version() {
        return knownSecretsVersion;
    }

    /** Whether a text that came out of {@link #text} or {@link #message} last is known to be ASCII. */
    @SuppressWarnings("ReferenceEquality") // the same instance is what tells that nothing was changed
    boolean isAscii(String text) {
        return text == scanned && scanner.ascii();
    }

    /** Counts what was found since the event began, for an event that nobody has counted before. */
    void account(ILoggingEvent event) {
        account(event, true);
    }

    /**
     * Counts what was found since the event began, or, if another component has counted the same event before, only
     * forgets it.
     *
     * @param isNew whether nobody has counted the event before
     */
    void account(ILoggingEvent event, boolean isNew) {
        long low = scanner.findings(0);
        long high = scanner.findings(1);
        if ((low | high) != 0) {
            scanner.forget();
            if (!isNew) {
                return;
            }
            policy.findings().add(low, high, event, scanner::redact);
            scanner.forget();
        }
    }

    /** Whether a number must not be seen that is no card number: a known secret, or what a pattern finds. */
    boolean hides(long number) {
        if (Math.abs(number) < SHORT || !hasOwnRules()) {
            return false;
        }
        String text = Long.toString(number);
        return !text(text).equals(text);
    }

    /** Whether nothing can be found in a whole number, because it has few digits and the user has no rules of his own. */
    boolean isTooShort(long number) {
        return number < UNDETECTED && number > -UNDETECTED && !hasOwnRules();
    }

    private boolean hasOwnRules() {
        return searches || KnownSecrets.SHARED.version() != 0;
    }

    boolean card(long number) {
        if (!scanner.card(number)) {
            return false;
        }
        scanner.note(Types.PAN);
        return true;
    }

    Name name(String name) {
        int slot = name.hashCode() & CACHED - 1;
        Name known = decidedNames[slot];
        if (known != null && known.original.equals(name)) {
            return known;
        }
        FieldNames names = policy.rules().names();
        Name decided = new Name(
                name,
                scanned(name),
                names.type(name),
                names.naming(name),
                names.named(name),
                names.listed(name),
                policy.paths().fit(name));
        if (name.length() <= 128) {
            decidedNames[slot] = decided;
        }
        return decided;
    }

    /** What a value under this name is hidden as: by the name, or because profile strict does not list it; else -1. */
    int type(@Nullable String key) {
        Name name = key == null ? null : name(key);
        if (name != null && (name.sensitive() || name.listed())) {
            return name.type();
        }
        return policy.strict() ? Types.UNLISTED : -1;
    }

    /** The event's message, redacted with the word before each placeholder as the name of its argument. */
    @Nullable
    String message(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        String template = event.getMessage();
        if (arguments == null || arguments.length == 0 || template == null) {
            String formatted = event.getFormattedMessage();
            trusted = formatted == null ? null : scanned(formatted);
        } else {
            Placeholders.Whole known = placeholders.of(template);
            String formatted = formatted(event, template, arguments, known.masked());
            trusted = formatted == null ? null : scanned(formatted, known.template());
        }
        return trusted;
    }

    @SuppressWarnings("NullAway") // an argument may be null, which the type of Logback's array does not say
    private @Nullable String formatted(ILoggingEvent event, String template, Object[] arguments, BitSet byTemplate) {
        Object[] safe = null;
        for (int i = 0; i < arguments.length; i++) {
            Object seen = seen(template, i, arguments[i], byTemplate);
            if (seen != arguments[i]) {
                safe = safe == null ? arguments.clone() : safe;
                safe[i] = seen;
            }
        }
        return safe == null
                ? event.getFormattedMessage()
                : MessageFormatter.arrayFormat(template, safe).getMessage();
    }

    /** What is printed of an argument, by its own name, else by the word before it; the very argument if it may be seen. */
    @Nullable
    Object seen(String template, int index, @Nullable Object argument, BitSet byTemplate) {
        if (argument == null) {
            return null;
        }
        NamedArgument named = NamedArgument.of(argument);
        if (named != null && name(named.name()).sensitive()) {
            return named.shown(name(named.name()).type(), this);
        }
        if ((byTemplate.get(index) || index >= Placeholders.MOST) && maskable(argument)) {
            return argument(template, index, argument);
        }
        if (argument instanceof Throwable && values.classOnly()) {
            return argument.getClass().getName();
        }
        if (!policy.strict() || Safe.is(argument)) {
            return argument;
        }
        if (named != null) {
            return name(named.name()).listed() ? argument : named.shown(Types.UNLISTED, this);
        }
        return placeholders.of(template, index).listed() ? argument : shown(Types.UNLISTED, argument);
    }

    /* Numbers are left to the scanner, which sees them whole; there is nothing to hide in the rest. */
    private static boolean maskable(@Nullable Object argument) {
        return !(argument == null || argument instanceof Boolean || argument instanceof Number);
    }

    private String argument(String template, int index, @Nullable Object argument) {
        Placeholder placeholder = placeholders.of(template, index);
        int type = Math.max(placeholder.type(), Types.SECRET);
        if (!replacement(type).removes()) {
            return shown(type, argument);
        }
        return placeholder.quoted() ? "" : "\"\"";
    }

    /** The placeholders behind a sensitive name. */
    BitSet maskedByTemplate(String template) {
        return placeholders.of(template).masked();
    }
}
