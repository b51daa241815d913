package io.inkfast.mask;

import io.inkfast.mask.scan.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is redacted, compiled from a {@link Redaction}; immutable.
 *
 * @param off whether nothing is
 * @param classOnly whether exceptions go without their messages
 * @param strict whether only what was declared harmless passes
 * @param paths fields by their place
 * @param findings counts what is found
 * @param redactors of this policy, not in use
 */
record Policy(
        boolean off,
        boolean classOnly,
        boolean strict,
        Rules rules,
        FieldPaths paths,
        Findings findings,
        Redactors redactors) {

    Policy(boolean off, boolean classOnly, boolean strict, Rules rules, FieldPaths paths, Findings findings) {
        this(off, classOnly, strict, rules, paths, findings, new Redactors());
    }

    /** Without paths, and not strict. */
    Policy(boolean off, boolean classOnly, Rules rules) {
        this(off, classOnly, false, rules, new FieldPaths(List.of()), new Findings(String::valueOf, false));
    }

    /** In report mode, which masks nothing, what would be masked; else null. */
    @Nullable
    Policy trial() {
        return findings.reporting() ? new Policy(false, classOnly, strict, rules, paths, findings) : null;
    }

    /** What does nothing to an event, for whoever must have one that does. */
    Policy findingNothing() {
        return new Policy(true, false, Rules.of());
    }

    /** Why nothing is masked. */
    String whyOff() {
        return findings.reporting()
                ? FindingsReport.NOTHING_IS_MASKED
                : "Redaction is switched off by <profile>none</profile>";
    }
}
