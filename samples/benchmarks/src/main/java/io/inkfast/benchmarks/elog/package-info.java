/** What it costs to encrypt a frame of a log, and to read it. */
@org.jspecify.annotations.NullMarked
package io.inkfast.benchmarks.elog;
