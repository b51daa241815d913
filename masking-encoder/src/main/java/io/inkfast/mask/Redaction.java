package io.inkfast.mask;

import ch.qos.logback.core.spi.ContextAware;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The element {@code <redaction>}: what is redacted and how. Without any element it is profiles secrets and pci, action
 * mask. Setters only store; what is wrong is reported when the component around it starts, and then everything is
 * redacted. Configuring thread only.
 *
 * @since 0.1.0
 */
public final class Redaction extends ContextAwareBase {

    final List<String> profiles = new ArrayList<>();
    final List<String> fields = new ArrayList<>();
    final List<String> types = new ArrayList<>();
    final List<String> allowed = new ArrayList<>();
    final List<PatternRule> patterns = new ArrayList<>();
    final List<String> knownSecrets = new ArrayList<>();
    final List<Detector> detectors = new ArrayList<>();

    @Nullable
    String keyset;

    @Nullable
    String exceptions;

    @Nullable
    String rules;

    @Nullable
    String mode;

    @Nullable
    String onError;

    @Nullable
    String onMisconfiguration;

    /** Called by Logback. */
    public Redaction() {}

    /**
     * Profiles, separated by commas: {@code secrets}, {@code pci}, {@code gdpr}, {@code hipaa}; {@code strict}, which is all
     * of them and lets only pass what {@code <allow>} or {@link Safe} declares harmless; or {@code none}, which switches
     * redaction off. Default: {@code secrets, pci}. May be repeated.
     */
    public void addProfile(String text) {
        profiles.add(text);
    }

    /**
     * The name of a field whose value is masked, in any case and style, at any depth, in every channel; or a path, such as
     * {@code order.items[*].serial}, in JSON. May be repeated. An action may follow: {@code customerNote = keepLast(4)}, one
     * of {@code mask} (default), {@code keepLast(n)}, {@code keepFirstLast(first,last)}, {@code hash}, {@code token},
     * {@code generalise}, {@code remove}, {@code replace(text)}. At most 1,000 names, with {@code <allow>}; paths of 512
     * steps in all.
     */
    public void addField(String text) {
        fields.add(text);
    }

    /**
     * What is done with values of a type that profiles find: {@code email = hash}. Each type once. Default for every type:
     * {@code mask}.
     */
    public void addType(String text) {
        types.add(text);
    }

    /**
     * The keys for {@code hash} and {@code token}: {@code file:path} or {@code env:NAME}, with {@code ?kms=uri} behind it if
     * the keyset is encrypted. Default: none, and then these two actions are refused.
     */
    public void setKeyset(String text) {
        keyset = text;
    }

    /**
     * Names, separated by commas, that are not sensitive although a profile says so. Their values are still searched for
     * card numbers and tokens. May be repeated.
     */
    public void addAllow(String text) {
        allowed.add(text);
    }

    /** A regular expression whose matches are redacted; see {@link PatternRule}. May be repeated, up to 200 times. */
    public void addPattern(PatternRule rule) {
        patterns.add(rule);
    }

    /**
     * Where values are that must not be seen in any form, separated by commas: {@code env:NAME} (environment variables),
     * {@code property:NAME} (system properties), {@code context:NAME} (properties of the logger context), {@code file:PATH}
     * (the content of a file, without blanks around it); {@code *} stands for any characters, in a path only in its last
     * part. Read once, at start. Values of fewer than 6 characters are not used, which a WARN status says. At most 1,000
     * values. May be repeated. See {@link KnownSecrets} for values that a program learns later.
     */
    public void addKnownSecrets(String text) {
        knownSecrets.add(text);
    }

    /** A detector of your own; see {@link Detector}. May be repeated; at most 32, with those that are services. */
    public void addDetector(Detector detector) {
        detectors.add(detector);
    }

    /**
     * A file with more rules, for those that contain braces or {@code :-}, which Logback would take for variables:
     * {@code file:PATH}, relative to the working directory, or {@code classpath:NAME}. JSON, up to 1 MB: an object with
     * {@code fields}, {@code allow}, {@code types}, {@code knownSecrets} (texts) and {@code patterns} (objects with the
     * settings of {@link PatternRule}), which add to the elements here. Read at start. Default: none.
     */
    public void setRules(String text) {
        rules = text;
    }

    /**
     * {@code enforce} (default), or {@code report}: nothing is masked, and for each statement it is counted what would have
     * been, without any value. Said by a WARN status at start; the ten statements that leak most are in a WARN status once
     * an hour and at stop, and up to 100 in {@link RedactionMXBean}. Counted by {@link RedactingJsonEncoder}; the program
     * renders each event twice meanwhile.
     */
    public void setMode(String text) {
        mode = text;
    }

    /** Exceptions: {@code redact} their messages (default), or {@code classOnly}: frames without any message. */
    public void setExceptions(String text) {
        exceptions = text;
    }

    /** What happens to an event that cannot be redacted: {@code withhold} its content (default, and the only way). */
    public void setOnError(String text) {
        onError = text;
    }

    /**
     * What a wrong configuration does: {@code REDACT_ALL} (default) writes timestamp, level and logger of each event and
     * withholds the rest; {@code REFUSE_START} does not start the component.
     */
    public void setOnMisconfiguration(String text) {
        onMisconfiguration = text;
    }

    /**
     * These rules as a function from what was written, an object of JSON or any other text, to what may be seen of it; the
     * same instance if there is nothing to hide. For tests and tools, which have no encoder. One thread at a time.
     *
     * @throws IllegalArgumentException if something is configured wrongly; the message lists all of it
     */
    public UnaryOperator<String> forOutput() {
        Settings settings = new Settings();
        Policy policy = compile(settings);
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems()));
        }
        return policy.off() ? UnaryOperator.identity() : new OutputRedactor(policy);
    }

    /**
     * These rules for an appender that stores events; renders objects as LogstashEncoder does without settings. Withholds every
     * event if there is a problem, or if a self-test with made-up secrets finds one of them. What is found is counted, and shown
     * over JMX under the name of the appender until {@link EventRedactor#retire} is called.
     *
     * @param owner posts what goes wrong with events
     * @param problems gets what is configured wrongly
     */
    public EventRedactor forStorage(ContextAware owner, Consumer<String> problems) {
        Settings settings = new Settings();
        RedactionElement element = new RedactionElement();
        element.set(this);
        Policy policy = Setup.compile(owner, element, settings, false);
        settings.problems().forEach(problems);
        if (!settings.problems().isEmpty()) {
            return PolicyRedactor.withholding();
        }
        Setup.remark(owner, policy);
        PolicyRedactor redactor =
                PolicyRedactor.of(policy, SharedMapper.MAPPER, new Notices(owner, Ticker.SYSTEM), () -> {});
        if (!policy.off() && Canary.leaks(policy, event -> Canary.described(redactor.redact(event)))) {
            problems.accept("the self-test found a secret in a redacted event");
            return PolicyRedactor.withholding();
        }
        return redactor.reporting(policy, owner);
    }

    /** Everything that was set, for comparing. */
    List<Object> configured() {
        List<Object> all = new ArrayList<>(List.of(profiles, fields, types, allowed, knownSecrets, detectors));
        patterns.forEach(pattern -> all.add(pattern.configured()));
        all.addAll(Arrays.asList(keyset, exceptions, rules, mode));
        return all;
    }

    Map<String, String> contextProperties() {
        return getContext() == null ? Map.of() : getContext().getCopyOfPropertyMap();
    }

    /** Says what should be known. */
    void remark(String message) {
        if (getContext() != null) {
            addWarn(message);
        }
    }

    /** Says what went wrong while events were redacted. */
    void complain(String message) {
        if (getContext() != null) {
            addError(message);
        }
    }

    boolean refusesStart() {
        return PolicyCompiler.refusesStart(new Settings(), this);
    }

    /** The policy; problems are reported to {@code settings}, and the result is then not to be used. */
    Policy compile(Settings settings) {
        return new PolicyCompiler(settings).compile(withRules(settings));
    }

    /* A copy, so that a second start reads the file again and adds nothing twice. */
    private Redaction withRules(Settings settings) {
        if (rules == null) {
            return this;
        }
        Redaction all = new Redaction();
        all.setContext(getContext());
        all.profiles.addAll(profiles);
        all.fields.addAll(fields);
        all.types.addAll(types);
        all.allowed.addAll(allowed);
        all.patterns.addAll(patterns);
        all.knownSecrets.addAll(knownSecrets);
        all.detectors.addAll(detectors);
        all.keyset = keyset;
        all.mode = mode;
        all.exceptions = exceptions;
        all.onError = onError;
        all.onMisconfiguration = onMisconfiguration;
        new RulesFile(settings, all).add(rules);
        return all;
    }
}
