/** A small shop that logs, and the check that every line of its log arrived. */
@org.jspecify.annotations.NullMarked
package io.inkfast.samples.quickstart;
