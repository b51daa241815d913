package io.inkfast.mask;

import io.inkfast.mask.scan.FieldNames;
import io.inkfast.mask.scan.TextScanner;

/** What is redacted, compiled from a {@link Redaction}; immutable. */
record Policy(boolean off, boolean secrets, boolean pci, boolean classOnly, FieldNames names) {

    TextScanner newScanner() {
        return new TextScanner(names, secrets, pci);
    }
}
