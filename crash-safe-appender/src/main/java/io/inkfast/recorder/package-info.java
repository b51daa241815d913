/** The flight recorder: the last megabytes of every level, kept through the death of the process; and what reads them. */
@NullMarked
package io.inkfast.recorder;

import org.jspecify.annotations.NullMarked;
