package io.inkfast.mask.testing;

import java.util.List;

/**
 * Assertions for the tests of an application: nothing that ought to be redacted stands in what it has written. Looks with
 * the engine of the redacting encoders, so what they would mask is what is found; what is masked already is not. Works with
 * any test framework. Any thread.
 *
 * @since 0.1.0
 */
public final class Secrets {

    private static final int MOST_LISTED = 20;

    private Secrets() {}

    /**
     * Asserts that the output, lines of JSON or of text, has no secrets and no card data in it: profiles secrets and pci.
     *
     * @throws AssertionError if it has; the message names line, column and type of the first 20, and never the values
     */
    public static void assertNoSecrets(CharSequence output) {
        assertNoSecrets(output, "secrets", "pci");
    }

    /**
     * As {@link #assertNoSecrets(CharSequence)}, with other profiles.
     *
     * @param profiles names as in {@code <redaction><profile>}, such as {@code secrets}
     * @throws AssertionError if there is something that one of the profiles masks
     * @throws IllegalArgumentException if there is no such profile, or none is given
     */
    public static void assertNoSecrets(CharSequence output, String... profiles) {
        if (profiles.length == 0) {
            throw new IllegalArgumentException("no profile is given");
        }
        List<String> findings = new Inspection(List.of(profiles)).findings(output.toString());
        if (!findings.isEmpty()) {
            throw new AssertionError(message(findings));
        }
    }

    private static String message(List<String> findings) {
        StringBuilder message = new StringBuilder("the output has ")
                .append(findings.size() == 1 ? "a value" : findings.size() + " values")
                .append(" that ought to be redacted:");
        findings.stream()
                .limit(MOST_LISTED)
                .forEach(finding -> message.append("\n  ").append(finding));
        if (findings.size() > MOST_LISTED) {
            message.append("\n  and ").append(findings.size() - MOST_LISTED).append(" more");
        }
        return message.toString();
    }
}
