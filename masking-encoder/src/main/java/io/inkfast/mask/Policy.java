package io.inkfast.mask;

import io.inkfast.mask.scan.Rules;
import java.util.List;

/**
 * What is redacted, compiled from a {@link Redaction}; immutable.
 *
 * @param off whether nothing is
 * @param classOnly whether exceptions go without their messages
 * @param strict whether only what was declared harmless passes
 * @param paths fields by their place
 */
record Policy(boolean off, boolean classOnly, boolean strict, Rules rules, FieldPaths paths) {

    /** Without paths, and not strict. */
    Policy(boolean off, boolean classOnly, Rules rules) {
        this(off, classOnly, false, rules, new FieldPaths(List.of()));
    }
}
