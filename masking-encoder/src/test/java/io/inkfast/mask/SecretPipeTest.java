package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.core.status.Status;
import io.inkfast.async.AsyncBatchingAppender;
import io.inkfast.testing.CountingSink;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** No secret leaves the whole pipe, be it in an output, in a status, over JMX or on the console. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretPipeTest {

    private static final List<String> OF_THE_CONFIGURATION =
            List.of("context property", "custom fields", "prefix", "prefix, from the MDC", "suffix");

    @TempDir
    private Path configuration;

    @TempDir
    private Path output;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @BeforeEach
    void captureConsole() {
        PrintStream both = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @AfterEach
    void restoreConsole() {
        System.setOut(out);
        System.setErr(err);
    }

    /** Cannot be asked for anything. What toString() throws, SLF4J itself prints on the console. */
    public static final class Refusing {

        private final String secret;

        Refusing(String secret) {
            this.secret = secret;
        }

        /** For Jackson. */
        public String getNote() {
            throw new IllegalStateException("getter " + secret);
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("toString");
        }
    }

    private LogbackHarness pipe(String redaction, String front) {
        return LogbackHarness.configure(configuration, """
                <property scope="context" name="region" value="%s"/>
                <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                  <file>%s</file>
                  <encoder class="io.inkfast.mask.RedactingJsonEncoder">
                    <includeNonStructuredArguments>true</includeNonStructuredArguments>
                    <customFields>{"service":"%s"}</customFields>
                    <prefix class="ch.qos.logback.classic.encoder.PatternLayoutEncoder">
                      <pattern>%s %%X{prefixed} %%nopex</pattern></prefix>
                    <suffix class="ch.qos.logback.classic.encoder.PatternLayoutEncoder">
                      <pattern> %s%%nopex</pattern></suffix>
                    <redaction>%s</redaction>
                  </encoder>
                </appender>
                <appender name="SINK" class="%s"/>
                <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                  %s
                  <appender-ref ref="FILE"/>
                </appender>
                <root level="TRACE"><appender-ref ref="ASYNC"/></root>
                """.formatted(
                        SecretChannels.secret("context property"),
                        output.resolve("app.json"),
                        SecretChannels.secret("custom fields"),
                        SecretChannels.secret("prefix"),
                        SecretChannels.secret("suffix"),
                        redaction,
                        CountingSink.class.getName(),
                        front));
    }

    private static Logger log(LogbackHarness harness) {
        harness.context().getMDCAdapter().put("prefixed", SecretChannels.secret("prefix, from the MDC"));
        return harness.logger("com.shop.Checkout");
    }

    private static List<String> channels() {
        return Stream.concat(SecretChannels.names().stream(), OF_THE_CONFIGURATION.stream())
                .toList();
    }

    private static AsyncBatchingAppender front(LogbackHarness harness) {
        return harness.appender("ASYNC", AsyncBatchingAppender.class);
    }

    @Test
    void eachSecretIsSeenWithoutRedaction() throws IOException {
        try (LogbackHarness harness = pipe("<profile>none</profile>", "")) {
            SecretChannels.logAll(log(harness));
        }
        assertThat(SecretChannels.seenIn(files(), channels())).isEqualTo(channels());
    }

    @Test
    void noSecretIsSeen() throws Exception {
        try (LogbackHarness harness = pipe("", "")) {
            SecretChannels.logAll(log(harness));
            assertThat(front(harness).flush(Duration.ofSeconds(30))).isTrue();
            assertUnseen(harness);
        }
        assertThat(files().lines()).hasSize(SecretChannels.names().size()).noneMatch(line -> line.contains("withheld"));
    }

    @Test
    void noSecretIsSeenOfWhatCannotBeRendered() throws Exception {
        Refusing refusing = new Refusing(SecretChannels.secret("message"));
        try (LogbackHarness harness = pipe("", "")) {
            Logger log = log(harness);
            log.info("{}", refusing);
            log.info("{}", List.of(refusing));
            log.atInfo().addKeyValue("object", refusing).log("x");
            log.info(net.logstash.logback.marker.Markers.append("object", refusing), "x");
            log.info(net.logstash.logback.marker.Markers.appendFields(refusing), "x");
            assertThat(front(harness).flush(Duration.ofSeconds(30))).isTrue();
            assertUnseen(harness);
        }
        assertThat(files().lines()).hasSize(5);
    }

    @Test
    void noSecretIsSeenOfEventsThatAreDropped() throws Exception {
        try (LogbackHarness harness = pipe(
                "",
                "<queueSize>4</queueSize><overflow>DROP_NEWEST</overflow><reserveLevel>OFF</reserveLevel>"
                        + "<encodeAhead>false</encodeAhead><maxBatchSize>1</maxBatchSize><appender-ref ref=\"SINK\"/>")) {
            CountingSink sink = harness.appender("SINK", CountingSink.class);
            sink.hold();
            SecretChannels.logAll(log(harness));
            sink.awaitHeld();
            SecretChannels.logAll(log(harness));
            sink.release();
            assertThat(front(harness).flush(Duration.ofSeconds(30))).isTrue();
            assertThat(front(harness).accounting().dropped()).isPositive();
            assertUnseen(harness);
        }
    }

    @Test
    void noSecretIsSeenOfEventsThatASinkCannotTake() throws Exception {
        try (LogbackHarness harness = pipe("", "<appender-ref ref=\"SINK\"/>")) {
            harness.appender("SINK", CountingSink.class).onEvent(event -> {
                throw new IllegalStateException("cannot take " + event + event.getThrowableProxy());
            });
            SecretChannels.logAll(log(harness));
            assertThat(front(harness).flush(Duration.ofSeconds(30))).isTrue();
            assertThat(front(harness).failedEvents()).isNotEmpty();
            assertUnseen(harness);
        }
    }

    @Test
    void noSecretIsSeenIfTheRedactionIsMisconfigured() throws Exception {
        try (LogbackHarness harness =
                pipe("<profile>secrts</profile><field>a[</field><type>pan = encrypt</type>", "")) {
            SecretChannels.logAll(log(harness));
            assertThat(front(harness).flush(Duration.ofSeconds(30))).isTrue();
            assertUnseen(harness);
        }
        assertThat(files().lines()).hasSize(SecretChannels.names().size());
    }

    @Test
    void noSecretIsSeenAfterABrokenConfigurationWasLoaded() throws Exception {
        Path broken = configuration.resolve("broken.xml");
        Files.writeString(broken, """
                <configuration>
                  <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                    <file>%s</file>
                    <encoder class="io.inkfast.mask.RedactingJsonEncoder">
                      <customFields>{"service":"%s"</customFields>
                      <redaction><profile>secrets</profile><nonsense>%s</nonsense></redaction>
                  </appender>
                """.formatted(
                output.resolve("app.json"), SecretChannels.secret("custom fields"), SecretChannels.secret("message")));
        try (LogbackHarness harness = pipe("", "")) {
            SecretChannels.logAll(log(harness));
            harness.reconfigure(broken);
            SecretChannels.logAll(log(harness));
            assertUnseen(harness);
        }
    }

    @Test
    void noSecretIsSeenWhenStoppedUnderLoad() throws Exception {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch logging = new CountDownLatch(2);
        LogbackHarness harness = pipe("", "<queueSize>16</queueSize><stopTimeout>100 milliseconds</stopTimeout>");
        Logger log = log(harness);
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                SecretChannels.logAll(log);
                logging.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                    SecretChannels.logAll(log);
                }
            });
            thread.start();
            threads.add(thread);
        }
        logging.await();
        harness.close();
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        // The time to stop was short: the file may be closed a little later.
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(output.resolve(".app.json.lock")));
        assertUnseen(harness);
        assertThat(files()).isNotEmpty();
    }

    private void assertUnseen(LogbackHarness harness) throws IOException, JMException {
        assertThat(SecretChannels.seenIn(files(), channels())).as("files").isEmpty();
        assertThat(SecretChannels.seenIn(statuses(harness), channels()))
                .as("statuses")
                .isEmpty();
        assertThat(SecretChannels.seenIn(managed(), channels())).as("JMX").isEmpty();
        assertThat(SecretChannels.seenIn(console.toString(StandardCharsets.UTF_8), channels()))
                .as("console")
                .isEmpty();
        if (!harness.context().getLogger("ROOT").iteratorForAppenders().hasNext()) {
            return;
        }
        assertThat(SecretChannels.seenIn(front(harness).failedEvents().toString(), channels()))
                .as("failed events")
                .isEmpty();
    }

    private String files() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /* But for what Logback itself says, once, of the first logger that logs when no appender is left. */
    private static String statuses(LogbackHarness harness) {
        StringWriter text = new StringWriter();
        for (Status status : harness.context().getStatusManager().getCopyOfStatusList()) {
            if (status.getMessage().startsWith("No appenders present in context [")) {
                continue;
            }
            text.append(status.toString()).append('\n');
            if (status.getThrowable() != null) {
                status.getThrowable().printStackTrace(new PrintWriter(text, true));
            }
        }
        return text.toString();
    }

    private static String managed() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder text = new StringBuilder();
        for (ObjectName name : server.queryNames(new ObjectName("io.inkfast:*"), null)) {
            text.append(name);
            try {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    text.append(server.getAttribute(name, attribute.getName())).append('\n');
                }
            } catch (InstanceNotFoundException e) {
                // It is being stopped; what it showed until then has been seen.
            }
        }
        return text.toString();
    }
}
