/** Ways to have a record on the device, or in the kernel, before the call returns. */
@NullMarked
package io.inkfast.benchmarks.journal;

import org.jspecify.annotations.NullMarked;
