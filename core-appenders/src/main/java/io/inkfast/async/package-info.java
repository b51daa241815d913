/** The asynchronous front: takes events off the threads that log, and hands them to other appenders in batches. */
@NullMarked
package io.inkfast.async;

import org.jspecify.annotations.NullMarked;
