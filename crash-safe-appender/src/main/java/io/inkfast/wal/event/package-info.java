/** Events as bytes: what a journal keeps of them, and what becomes of it again. */
@NullMarked
package io.inkfast.wal.event;

import org.jspecify.annotations.NullMarked;
