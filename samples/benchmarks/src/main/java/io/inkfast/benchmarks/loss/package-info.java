/** The loss table: what was accepted against what was delivered. */
@NullMarked
package io.inkfast.benchmarks.loss;

import org.jspecify.annotations.NullMarked;
