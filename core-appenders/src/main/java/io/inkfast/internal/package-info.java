/** What Inkfast's modules share and nobody else may use; no Logback in here. */
@NullMarked
package io.inkfast.internal;

import org.jspecify.annotations.NullMarked;
