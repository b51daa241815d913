/** The command line. */
@NullMarked
package io.inkfast.cli;

import org.jspecify.annotations.NullMarked;
