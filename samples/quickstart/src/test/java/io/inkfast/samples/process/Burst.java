package io.inkfast.samples.process;

import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs from several threads until it is ended. How many calls of each thread have returned stands in a file that
 * outlives the process: first as it goes on, then as it was just before System.exit was called.
 */
public final class Burst {

    static final int THREADS = 4;

    private Burst() {}

    /**
     * @param args the file of counters; "exit" to end by itself, else it waits for the signal
     */
    public static void main(String[] args) throws Exception {
        // Before there are threads: SLF4J keeps back what others log while it looks for Logback.
        LoggerFactory.getILoggerFactory();
        LongBuffer returned = counters(Path.of(args[0]));
        for (int i = 0; i < THREADS; i++) {
            int own = i;
            Thread thread = new Thread(() -> log(returned, own), "burst-" + own);
            thread.setDaemon(true);
            thread.start();
        }
        if (args[1].equals("exit")) {
            while (returned.get(THREADS - 1) < 5_000) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            for (int i = 0; i < THREADS; i++) {
                returned.put(THREADS + i, returned.get(i));
            }
            System.exit(0);
        }
        TimeUnit.MINUTES.sleep(1);
    }

    static LongBuffer counters(Path file) throws Exception {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * THREADS * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }
    }

    private static void log(LongBuffer returned, int own) {
        Logger logger = LoggerFactory.getLogger("burst-" + own);
        for (long call = 1; ; call++) {
            logger.info("{}", call);
            returned.put(own, call);
        }
    }
}
