/**
 * The redaction engine: finds what must not be logged in plain text and in names. Knows nothing of Logback, Jackson or
 * configuration. One forward pass, no regular expressions, work bounded by the length of the text.
 */
@NullMarked
package io.inkfast.mask.scan;

import org.jspecify.annotations.NullMarked;
