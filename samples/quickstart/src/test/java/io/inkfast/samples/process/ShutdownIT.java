package io.inkfast.samples.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A JVM that ends in a burst: what its calls had handed over is in the file, in whole lines. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ShutdownIT {

    @TempDir
    Path folder;

    @RepeatedTest(5)
    void systemExitLosesNothing() throws Exception {
        Path output = folder.resolve("output");
        Path counters = folder.resolve("counters");
        Jvm.End end = Jvm.end(start(output, counters, "exit"), output);
        assertThat(end.exit()).as(end.output()).isZero();
        assertAllThere(Burst.counters(counters), Burst.THREADS);
    }

    @RepeatedTest(5)
    void aSignalToTerminateLosesNothing() throws Exception {
        Path output = folder.resolve("output");
        Path counters = folder.resolve("counters");
        LongBuffer returned = Burst.counters(counters);
        Process process = start(output, counters, "wait");
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> !process.isAlive() || returned.get(Burst.THREADS - 1) >= 5_000);
        for (int i = 0; i < Burst.THREADS; i++) {
            returned.put(Burst.THREADS + i, returned.get(i));
        }
        process.destroy();
        Jvm.End end = Jvm.end(process, output);
        assertThat(end.exit()).as(end.output()).isEqualTo(143);
        assertAllThere(returned, Burst.THREADS);
    }

    private Process start(Path output, Path counters, String how) throws Exception {
        return Jvm.start(
                output, "-DLOG_FILE=" + folder.resolve("app.json"), Burst.class.getName(), counters.toString(), how);
    }

    /* Calls 1 to n of each thread, where n stands behind the running counters. */
    private void assertAllThere(LongBuffer counters, int offset) throws Exception {
        String text = Files.readString(folder.resolve("app.json"));
        assertThat(text).endsWith("}\n");
        BitSet[] seen = new BitSet[Burst.THREADS];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = new BitSet();
        }
        ObjectMapper json = new ObjectMapper();
        for (String line : text.split("\n")) {
            JsonNode node = json.readTree(line);
            String thread = node.path("thread_name").asString("");
            int call = Integer.parseInt(node.path("message").asString(""));
            BitSet own = seen[Integer.parseInt(thread.substring("burst-".length()))];
            assertThat(own.get(call)).as("call %d of %s twice", call, thread).isFalse();
            own.set(call);
        }
        for (int i = 0; i < seen.length; i++) {
            long before = counters.get(offset + i);
            assertThat(before).as("calls of thread %d before the end", i).isPositive();
            assertThat(seen[i].nextClearBit(1))
                    .as("first missing call of thread %d", i)
                    .isGreaterThan((int) before);
        }
    }
}
