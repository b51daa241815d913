/** Encoders and scanners that are compared by themselves, and what they are given. */
@NullMarked
package io.inkfast.benchmarks.redaction;

import org.jspecify.annotations.NullMarked;
