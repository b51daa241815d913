/** The shapes of a JSON line, put together from providers of LogstashEncoder and a few of our own. */
@NullMarked
package io.inkfast.mask.schema;

import org.jspecify.annotations.NullMarked;
