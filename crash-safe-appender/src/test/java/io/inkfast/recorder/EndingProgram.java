package io.inkfast.recorder;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;

/** Logs three events, the last one an error, and ends in the way it is told. */
final class EndingProgram {

    private EndingProgram() {}

    /** Configuration, directory of the recorder, way to end. */
    public static void main(String[] arguments) throws Exception {
        LogbackHarness harness = LogbackHarness.configure(Path.of(arguments[0]), Map.of("FLIGHT_DIR", arguments[1]));
        Logger logger = harness.logger("ending");
        logger.trace("first");
        logger.debug("second");
        logger.error("last");
        switch (arguments[2]) {
            case "return" -> logger.trace("returning");
            case "exit" -> System.exit(0);
            case "stop" -> harness.close();
            case "halt" -> Runtime.getRuntime().halt(0);
            case "throw" -> throw new IllegalStateException("nobody catches it");
            case "memory" -> {
                List<byte[]> all = new ArrayList<>();
                while (all.size() >= 0) {
                    all.add(new byte[1 << 20]);
                }
            }
            default -> new CountDownLatch(1).await(); // until it is killed
        }
    }
}
