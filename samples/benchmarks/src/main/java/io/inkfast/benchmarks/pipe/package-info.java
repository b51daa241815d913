/** Peers and workloads: everything between a logging call and the lines in a file. */
@NullMarked
package io.inkfast.benchmarks.pipe;

import org.jspecify.annotations.NullMarked;
