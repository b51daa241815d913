/** Support for the tests of applications; needs no test framework. */
@NullMarked
package io.inkfast.mask.testing;

import org.jspecify.annotations.NullMarked;
