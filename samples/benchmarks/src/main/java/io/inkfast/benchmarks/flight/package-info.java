/** Ways to keep the bytes of an event where they outlive the process. */
@NullMarked
package io.inkfast.benchmarks.flight;

import org.jspecify.annotations.NullMarked;
