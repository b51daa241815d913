package io.inkfast.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import net.logstash.logback.encoder.StreamingEncoder;

/** Encoders that the tests name in XML. */
public final class TestEncoders {

    private TestEncoders() {}

    /** The message and a line end. */
    public static class Lines extends EncoderBase<ILoggingEvent> {

        @Override
        public byte[] headerBytes() {
            return null;
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            return (event.getFormattedMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return null;
        }
    }

    /** Lines between a header and a footer. */
    public static final class Framed extends Lines {

        @Override
        public byte[] headerBytes() {
            return "<log>\n".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return "</log>\n".getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Streams, and throws half-way at messages that name what to throw. */
    public static final class Failing extends Lines implements StreamingEncoder<ILoggingEvent> {

        @Override
        public byte[] encode(ILoggingEvent event) {
            throw new AssertionError("it streams");
        }

        @Override
        public void encode(ILoggingEvent event, OutputStream out) throws IOException {
            byte[] line = super.encode(event);
            out.write(line, 0, line.length / 2);
            switch (event.getFormattedMessage()) {
                case "io" -> throw new IOException("secret");
                case "linkage" -> throw new NoClassDefFoundError("secret");
                case "memory" -> throw new OutOfMemoryError("secret");
                case "stack" -> throw new StackOverflowError("secret");
                default -> out.write(line, line.length / 2, line.length - line.length / 2);
            }
            out.flush();
        }
    }

    /** Says at start that it can't. */
    public static final class NotStarting extends Lines {

        @Override
        public void start() {
            addInfo("not today");
        }
    }
}
