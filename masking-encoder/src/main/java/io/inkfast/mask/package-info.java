/** Redaction: the JSON encoder that keeps secrets and card numbers out of the log. */
@NullMarked
package io.inkfast.mask;

import org.jspecify.annotations.NullMarked;
