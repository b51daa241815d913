package io.inkfast.file;

import ch.qos.logback.classic.Level;
import java.time.Duration;

/**
 * How an appender that extends {@link BatchingFileAppender} writes its files, if not line by line.
 *
 * @param format        makes the bytes of the file
 * @param flushInterval how long events wait for others at most, where the appender is attached to a logger, so that they
 *                      come into one piece of the format; 64 KB end it sooner. Behind a front each batch is one
 * @param flushLevel    an event of this level or above ends it at once
 * @since 0.1.0
 */
public record FileStructure(FileFormat format, Duration flushInterval, Level flushLevel) {}
