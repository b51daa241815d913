/** A service that ships its log to OpenSearch, which is killed and started again in the middle. */
@NullMarked
package io.inkfast.samples.elk;

import org.jspecify.annotations.NullMarked;
