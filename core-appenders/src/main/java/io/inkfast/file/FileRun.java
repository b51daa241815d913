package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** What an appender has between start and stop. */
record FileRun(FileGate<ILoggingEvent> gate, CallerWrites callers, FrontWrites front, FileCondition condition) {}
