/** Writes JSON lines without Jackson, where every byte is known to be what Jackson would write. Knows nothing of Logback. */
@NullMarked
package io.inkfast.mask.direct;

import org.jspecify.annotations.NullMarked;
