/**
 * What users look for beside the profiles: values that are known, patterns, detectors. Knows nothing of Logback, Jackson or
 * configuration.
 */
@NullMarked
package io.inkfast.mask.search;

import org.jspecify.annotations.NullMarked;
