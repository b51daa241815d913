/** The Logback glue that Inkfast's components share: accounting, configuration check, and the joint between fronts and sinks. */
@NullMarked
package io.inkfast.component;

import org.jspecify.annotations.NullMarked;
