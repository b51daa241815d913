package io.inkfast.async;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.testing.CountingSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * A program: 10,000 callers log through a small queue, half of them inside a monitor, each on a virtual thread where this
 * Java has them, and a flight recording says which frames pinned a carrier. Prints one line.
 */
final class VirtualCallers {

    private static final int CALLERS = 10_000;
    private static final int EVENTS_EACH = 10;

    private VirtualCallers() {}

    public static void main(String[] args) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        CountingSink sink = new CountingSink();
        sink.setContext(context);
        sink.setName("SINK");
        sink.start();
        AsyncBatchingAppender front = new AsyncBatchingAppender();
        front.setContext(context);
        front.setName("ASYNC");
        front.setQueueSize("64");
        front.addAppender(sink);
        front.start();
        Logger logger = context.getLogger("callers");
        logger.addAppender(front);
        ThreadFactory threads = threads();
        long ours = 0;
        try (Recording recording = new Recording()) {
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ZERO)
                    .withStackTrace();
            recording.start();
            CountDownLatch done = new CountDownLatch(CALLERS);
            for (int i = 0; i < CALLERS; i++) {
                Object monitor = new Object();
                boolean pinned = i % 2 == 0;
                threads.newThread(() -> {
                            for (int event = 0; event < EVENTS_EACH; event++) {
                                if (pinned) {
                                    synchronized (monitor) {
                                        logger.info("{}", event);
                                    }
                                } else {
                                    logger.info("{}", event);
                                }
                            }
                            done.countDown();
                        })
                        .start();
            }
            done.await();
            recording.stop();
            Path file = Files.createTempFile("pinned", ".jfr");
            recording.dump(file);
            ours = pinnedByUs(file);
            Files.delete(file);
        }
        front.stop();
        System.out.println("virtual " + isVirtual(threads) + ", pinned by us " + ours + ", "
                + front.accounting().balance());
    }

    /* Pinned below a frame of ours; but for the JVM's loading of a class, which happens once and pins wherever it does. */
    private static long pinnedByUs(Path file) throws Exception {
        long count = 0;
        try (RecordingFile recorded = new RecordingFile(file)) {
            while (recorded.hasMoreEvents()) {
                RecordedEvent event = recorded.readEvent();
                RecordedStackTrace trace = event.getStackTrace();
                boolean monitorOfOurs =
                        trace != null && passes(trace, "io.inkfast.") && !passes(trace, "java.lang.ClassLoader");
                if (monitorOfOurs) {
                    count++;
                    System.out.println(event);
                }
            }
        }
        return count;
    }

    private static boolean passes(RecordedStackTrace trace, String classes) {
        return trace.getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .anyMatch(name -> name.startsWith(classes) && !name.contains("VirtualCallers"));
    }

    private static ThreadFactory threads() throws Exception {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (NoSuchMethodException e) {
            return task -> new Thread(null, task, "caller", 256 * 1024);
        }
    }

    private static boolean isVirtual(ThreadFactory threads) {
        return threads.newThread(() -> {}).toString().startsWith("VirtualThread");
    }
}
