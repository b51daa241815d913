/** Encrypted log files: written frame by frame, appendable, repaired without a key, read and verified with one. */
@NullMarked
package io.inkfast.encrypt;

import org.jspecify.annotations.NullMarked;
