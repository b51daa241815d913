/** JMH benchmarks of the parts: hand-off and encoders. */
@NullMarked
package io.inkfast.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
