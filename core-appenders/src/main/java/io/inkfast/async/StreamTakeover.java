package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the flushing of an existing {@link OutputStreamAppender}: one flush for a batch instead of one for every
 * event, and a buffer that holds a batch. The buffer size of a file appender also holds for the file after a rollover.
 */
final class StreamTakeover {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final OutputStreamAppender<ILoggingEvent> appender;
    private final int maxWriteBytes;
    private boolean begun;
    private boolean immediateFlush;
    private @Nullable LookupEncoder lookup;

    /**
     * @param maxWriteBytes the most that one write to the console passes on; 0 for no bound
     */
    private StreamTakeover(OutputStreamAppender<ILoggingEvent> appender, int maxWriteBytes) {
        this.appender = appender;
        this.maxWriteBytes = maxWriteBytes;
    }

    /** For this appender, or null if it has no stream, or must flush each event (prudent mode). */
    static @Nullable StreamTakeover of(Appender<ILoggingEvent> appender, int maxWriteBytes) {
        if (!(appender instanceof OutputStreamAppender<ILoggingEvent> stream)
                || (stream instanceof FileAppender<?> file && file.isPrudent())) {
            return null;
        }
        return new StreamTakeover(stream, maxWriteBytes);
    }

    void begin() {
        if (!appender.isStarted()) {
            return;
        }
        begun = true;
        immediateFlush = appender.isImmediateFlush();
        appender.setImmediateFlush(false);
        Encoder<ILoggingEvent> encoder = appender.getEncoder();
        if (appender.getClass().getName().startsWith("ch.qos.logback.") && EncodeAhead.isPossible(encoder)) {
            // Other classes may do with their encoder as they like.
            lookup = new LookupEncoder(encoder);
            appender.setEncoder(lookup);
        }
        if (appender instanceof FileAppender<ILoggingEvent> file) {
            enlarge(file);
        } else if (appender instanceof ConsoleAppender<ILoggingEvent>
                && isConsole(appender.getOutputStream())
                && isEmpty(appender.getEncoder())) {
            // Closes the stream there was; these two ignore it.
            OutputStream console = appender.getOutputStream();
            appender.setOutputStream(new PieceStream(console, BUFFER_BYTES, maxWriteBytes));
        }
    }

    /** The appender's encoder, if events may be encoded ahead. */
    @Nullable
    Encoder<ILoggingEvent> encoderAhead() {
        return lookup == null ? null : lookup.encoder();
    }

    void flush() {
        OutputStream stream = appender.getOutputStream();
        if (stream != null) {
            try {
                stream.flush();
            } catch (IOException e) {
                appender.addError("could not flush: " + e.getClass().getName());
            }
        }
    }

    void end() {
        if (!begun) {
            return;
        }
        begun = false;
        flush();
        appender.setImmediateFlush(immediateFlush);
        if (lookup != null) {
            appender.setEncoder(lookup.encoder());
            lookup = null;
        }
    }

    /* The stream that is open now has a small buffer. Opening it anew is harmless unless that writes a header or cuts. */
    private void enlarge(FileAppender<ILoggingEvent> file) {
        file.setBufferSize(new FileSize(BUFFER_BYTES));
        if (file.isAppend() && isEmpty(file.getEncoder())) {
            try {
                file.openFile(file.getFile());
            } catch (IOException e) {
                appender.addError("could not open [" + file.getFile() + "] anew: "
                        + e.getClass().getName());
            }
        }
    }

    private static boolean isConsole(@Nullable OutputStream stream) {
        return stream == ConsoleTarget.SystemOut.getStream() || stream == ConsoleTarget.SystemErr.getStream();
    }

    private static boolean isEmpty(@Nullable Encoder<ILoggingEvent> encoder) {
        return encoder != null && isEmpty(encoder.headerBytes()) && isEmpty(encoder.footerBytes());
    }

    private static boolean isEmpty(byte @Nullable [] bytes) {
        return bytes == null || bytes.length == 0;
    }
}
