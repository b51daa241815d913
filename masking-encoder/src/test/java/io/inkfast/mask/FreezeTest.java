package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezeTest {

    @TempDir
    Path directory;

    @Test
    void keepsWhatWasThereWhenTheEventWasFrozen() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            List<String> list = new ArrayList<>(List.of("one", "password=hunter2"));
            Map<String, Object> map = new TreeMap<>(Map.of("a", 1, "apiKey", "hunter2"));
            encoding.logger()
                    .atInfo()
                    .addKeyValue("map", map)
                    .addArgument(list)
                    .addArgument(kv("kept", map))
                    .log("x {} {}");
            ILoggingEvent event = encoding.sink().events.get(0);
            ILoggingEvent frozen = encoding.encoder().freeze(event);
            assertThat(frozen).isNotSameAs(event);
            list.set(0, "CHANGED");
            map.put("a", "CHANGED");
            String line = new String(encoding.encoder().encode(frozen));
            assertThat(line)
                    .contains("\"message\":\"x [one, password=****] kept={a=1, apiKey=****}\"")
                    .contains("\"map\":{\"a\":1,\"apiKey\":\"****\"}")
                    .contains("\"kept\":{\"a\":1,\"apiKey\":\"****\"}")
                    .doesNotContain("CHANGED")
                    .doesNotContain("hunter2");
            assertThat(String.valueOf(frozen.getKeyValuePairs()) + List.of(frozen.getArgumentArray()))
                    .doesNotContain("hunter2");
            assertThat(event.getArgumentArray()[0]).isSameAs(list);
            assertThat(event.getKeyValuePairs().get(0).value).isSameAs(map);
        }
    }

    @Test
    void returnsTheSameEventIfNothingCanChange() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("n", 1L)
                    .addArgument("text")
                    .addArgument(Thread.State.NEW)
                    .log("x {} {}");
            encoding.logger().info("plain");
            for (ILoggingEvent event : encoding.sink().events) {
                assertThat(encoding.encoder().freeze(event)).isSameAs(event);
            }
        }
    }

    @Test
    void withholdsWhatThrows() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("a", new RedactingJsonEncoderTest.Throwing())
                    .log("x");
            ILoggingEvent frozen =
                    encoding.encoder().freeze(encoding.sink().events.get(0));
            assertThat(new String(encoding.encoder().encode(frozen))).contains("\"a\":\"[withheld]\"");
        }
    }

    @Test
    void describesAnEventInOneRedactedLine() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger().error("password=hunter2\nnext", new IllegalStateException("token=hunter2"));
            assertThat(encoding.encoder().describe(encoding.sink().events.get(0)))
                    .isEqualTo("password=**** next | java.lang.IllegalStateException: token=****");
        }
    }
}
