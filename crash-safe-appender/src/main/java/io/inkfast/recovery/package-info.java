/**
 * Reads what write-ahead appenders have left, without changing it.
 *
 * @since 0.1.0
 */
@NullMarked
package io.inkfast.recovery;

import org.jspecify.annotations.NullMarked;
