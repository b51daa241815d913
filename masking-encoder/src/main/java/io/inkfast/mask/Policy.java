package io.inkfast.mask;

import io.inkfast.mask.scan.Rules;

/** What is redacted, compiled from a {@link Redaction}; immutable. */
record Policy(boolean off, boolean classOnly, Rules rules) {}
