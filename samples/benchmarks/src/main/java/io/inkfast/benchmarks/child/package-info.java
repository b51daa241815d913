/** What runs in the JVM of one peer: load, clocks, and the check of the file. */
@NullMarked
package io.inkfast.benchmarks.child;

import org.jspecify.annotations.NullMarked;
