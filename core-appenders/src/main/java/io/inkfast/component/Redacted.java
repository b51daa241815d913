package io.inkfast.component;

import org.jspecify.annotations.Nullable;

/**
 * An event whose content has been redacted before, and what was found in it counted. Any thread.
 *
 * @since 0.1.0
 */
public interface Redacted {

    /** Who did that; null if it is not known. */
    @Nullable
    EventRedactor redactedBy();
}
