/** Figures of many runs, and the Markdown tables made of them. */
@NullMarked
package io.inkfast.benchmarks.report;

import org.jspecify.annotations.NullMarked;
