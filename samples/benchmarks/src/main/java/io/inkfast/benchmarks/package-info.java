/** The program: reads the command line and runs the peers in turn, each in a JVM of its own. */
@NullMarked
package io.inkfast.benchmarks;

import org.jspecify.annotations.NullMarked;
