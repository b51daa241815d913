/**
 * The write-ahead appender: events are journalled before they go to the appenders behind it.
 *
 * @since 0.1.0
 */
@NullMarked
package io.inkfast.wal;

import org.jspecify.annotations.NullMarked;
