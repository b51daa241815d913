/** Appenders to the network, and the peers they send to. */
@NullMarked
package io.inkfast.benchmarks.net;

import org.jspecify.annotations.NullMarked;
