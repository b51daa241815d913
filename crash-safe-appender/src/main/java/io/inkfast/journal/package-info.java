/**
 * The append-only, checksummed, group-committed log of segments. It knows bytes, not Logback.
 *
 * @since 0.1.0
 */
@NullMarked
package io.inkfast.journal;

import org.jspecify.annotations.NullMarked;
