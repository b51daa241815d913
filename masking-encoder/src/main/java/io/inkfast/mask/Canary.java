package io.inkfast.mask;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.inkfast.mask.scan.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.event.KeyValuePair;

/*
 * What can go round the redaction is not known in advance: a provider, a decorator, a converter of somebody else. So an
 * event with secrets made up for this once goes the way of all events, up to where bytes would be written.
 */
/** The self-test: an event that says a password, a card number and a token in many ways, each as the policy forbids it. */
final class Canary {

    static final String FOUND =
            "The self-test found a secret in the output, so everything is redacted: only timestamp, level"
                    + " and logger of each event are written. Look for a provider, decorator or converter that goes round the"
                    + " redaction";

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz";

    private final List<String> secrets = new ArrayList<>();
    private final LoggingEvent event = new LoggingEvent();

    Canary(Policy policy) {
        String password = policy.rules().names().type("password") >= 0 ? random("cnry", LETTERS, 16) : "none";
        String card = policy.rules().profiles().contains(Profile.PCI) ? card() : "none";
        String token = policy.rules().profiles().contains(Profile.SECRETS)
                ? random("AKIA", "ABCDEFGHJKLMNPQRSTUVWXYZ", 16)
                : "none";
        for (String secret : List.of(password, card, token)) {
            if (!secret.equals("none")) {
                secrets.add(secret);
            }
        }
        event.setLevel(Level.INFO);
        event.setTimeStamp(System.currentTimeMillis());
        // Not 0, which would be given a number.
        event.setSequenceNumber(-1);
        event.setLoggerName("io.inkfast.mask.SelfTest");
        event.setThreadName("self-test " + card);
        event.setMessage("self-test password={} card {} " + token);
        event.setArgumentArray(new Object[] {password, card});
        event.addKeyValuePair(new KeyValuePair("password", password));
        event.addKeyValuePair(new KeyValuePair("selfTest", Map.of("password", password, "note", List.of(token))));
        event.setMDCPropertyMap(Map.of("password", password, "selfTest", card));
        event.setLoggerContextRemoteView(new LoggerContextVO("self-test", Map.of(), 0));
        event.setCallerData(new StackTraceElement[] {new StackTraceElement("SelfTest", "run", "SelfTest.java", 1)});
        Throwable cause = new IllegalStateException("self-test password=" + password + " " + token);
        Throwable thrown = new IllegalStateException("self-test card " + card, cause);
        cause.setStackTrace(new StackTraceElement[0]);
        thrown.setStackTrace(new StackTraceElement[0]);
        event.setThrowableProxy(new ThrowableProxy(thrown));
    }

    /** Something that renders an event. */
    interface Rendering {
        String render(ILoggingEvent event) throws Exception;
    }

    /** Whether a secret comes out. What cannot be rendered does not come out. */
    static boolean leaks(Policy policy, Rendering rendering) {
        Canary canary = new Canary(policy);
        try {
            return canary.isIn(rendering.render(canary.event));
        } catch (Exception | StackOverflowError | LinkageError e) {
            return false;
        }
    }

    /** All that an event says. */
    static String described(ILoggingEvent event) {
        return event.getMessage()
                + event.getFormattedMessage()
                + Arrays.toString(event.getArgumentArray())
                + event.getKeyValuePairs()
                + event.getMDCPropertyMap()
                + event.getThreadName()
                + event.getLoggerName()
                + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    boolean isIn(String output) {
        return secrets.stream().anyMatch(output::contains);
    }

    private static String random(String start, String letters, int count) {
        StringBuilder text = new StringBuilder(start);
        for (int i = 0; i < count; i++) {
            text.append(letters.charAt(ThreadLocalRandom.current().nextInt(letters.length())));
        }
        return text.toString();
    }

    /* Of the range that is set aside for tests, with a check digit that holds. */
    private static String card() {
        StringBuilder digits = new StringBuilder(random("411111", "0123456789", 9));
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int digit = digits.charAt(i) - '0';
            int weighted = i % 2 == 0 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return digits.append((10 - sum % 10) % 10).toString();
    }
}
