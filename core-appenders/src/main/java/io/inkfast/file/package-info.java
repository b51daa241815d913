/** The batching file appender: plain or rolling, direct or behind a front. */
@NullMarked
package io.inkfast.file;

import org.jspecify.annotations.NullMarked;
