/** What must not stand raw in a log, and how it is written instead. */
@NullMarked
package io.inkfast.mask.text;

import org.jspecify.annotations.NullMarked;
