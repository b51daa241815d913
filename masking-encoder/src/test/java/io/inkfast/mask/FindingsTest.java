package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import io.inkfast.internal.Ticker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {

    private static final String CARD = "4111111111111111";

    @TempDir
    Path directory;

    private static RedactionMXBean bean(LoggerContext context) throws Exception {
        ObjectName name = new ObjectName("io.inkfast:type=Redaction,context=" + ObjectName.quote(context.getName())
                + ",name=" + ObjectName.quote("SINK") + ",*");
        var server = ManagementFactory.getPlatformMBeanServer();
        return JMX.newMXBeanProxy(
                server, server.queryNames(name, null).iterator().next(), RedactionMXBean.class);
    }

    private static void log(Encoding encoding) {
        for (int i = 0; i < 3; i++) {
            encoding.logger().info("password={}", "hunter2");
        }
        encoding.logger().info("login {} with {}", kv("password", "hunter2"), CARD);
        encoding.logger().info("nothing here, attempt {}", 1);
        encoding.logger().atInfo().addKeyValue("EMP", "EMP-1").log("x");
    }

    private static final String PATTERN = "<pattern><name>employee</name><regex>EMP-[0-9]+</regex></pattern>";

    @Nested
    class Enforcing {

        @Test
        void countsForEachTypeTheEventsThatHadIt() throws Exception {
            try (Encoding encoding = Encoding.with(directory, "<redaction>" + PATTERN + "</redaction>")) {
                log(encoding);
                encoding.logger()
                        .atInfo()
                        .addKeyValue("bad", new Object() {
                            public String getName() {
                                throw new IllegalStateException();
                            }
                        })
                        .log("y");
                RedactionMXBean bean = bean(encoding.context());
                assertThat(bean.isReporting()).isFalse();
                assertThat(bean.getFindings()).isEqualTo(Map.of("secret", 4L, "pan", 1L, "employee", 1L));
                assertThat(bean.getWithheldEvents()).isOne();
                assertThat(bean.getTopStatements()).isEmpty();
            }
        }

        @Test
        void countsWithheldTexts() throws Exception {
            try (Encoding encoding = Encoding.with(
                    directory,
                    "<redaction><pattern><name>slow</name><regex>EMP-(?=a*a*a*a*a*a*c)a</regex></pattern></redaction>")) {
                encoding.logger().info("EMP-" + "a".repeat(300));
                assertThat(encoding.last()).contains("[withheld]");
                assertThat(bean(encoding.context()).getWithheldTexts()).isPositive();
            }
        }

        @Test
        void isNotShownAnyMoreOnceStopped() throws Exception {
            Encoding encoding = Encoding.with(directory, "");
            String context = encoding.context().getName();
            encoding.close();
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .queryNames(
                                    new ObjectName("io.inkfast:type=Redaction,context=" + ObjectName.quote(context)
                                            + ",name=\"SINK\",*"),
                                    null))
                    .isEmpty();
        }
    }

    @Nested
    class Reporting {

        @Test
        void masksNothingAndNamesTheStatementsThatLeakMost() throws Exception {
            Encoding encoding = Encoding.with(directory, "<redaction><mode>report</mode>" + PATTERN + "</redaction>");
            LoggerContext context = encoding.context();
            log(encoding);
            assertThat(encoding.sink().lines.get(0)).contains("password=hunter2");
            assertThat(encoding.sink().lines.get(3)).contains(CARD);
            RedactionMXBean bean = bean(context);
            assertThat(bean.isReporting()).isTrue();
            assertThat(bean.getFindings()).isEqualTo(Map.of("secret", 4L, "pan", 1L, "employee", 1L));
            assertThat(bean.getTopStatements())
                    .extracting(Object::toString)
                    .containsExactly(
                            "3 x com.shop.Checkout [password={}] {secret=3}",
                            "1 x com.shop.Checkout [(messages without arguments)] {employee=1}",
                            "1 x com.shop.Checkout [login {} with {}] {pan=1, secret=1}");
            assertThat(encoding.complaints()).containsExactly("WARN " + FindingsReport.NOTHING_IS_MASKED);
            encoding.encoder().stop();
            assertThat(encoding.complaints())
                    .contains("WARN <mode> [report]: the statements that leak most: 3 x com.shop.Checkout [password={}]"
                            + " {secret=3}; 1 x com.shop.Checkout [(messages without arguments)]"
                            + " {employee=1}; 1 x com.shop.Checkout [login {} with {}] {pan=1, secret=1}");
            encoding.close();
        }

        @Test
        void countsWhatOnlyAPathOrProfileStrictWouldMask() throws Exception {
            for (String rule : List.of("<field>/tenant</field>", "<profile>strict</profile>")) {
                try (Encoding encoding =
                        Encoding.with(directory, "<redaction><mode>report</mode>" + rule + "</redaction>")) {
                    encoding.logger().atInfo().addKeyValue("tenant", "acme").log("x");
                    assertThat(encoding.last()).contains("\"tenant\":\"acme\"");
                    assertThat(bean(encoding.context()).getFindings()).as(rule).isNotEmpty();
                }
            }
        }

        @Test
        void showsNothingOfMessagesWithoutArgumentsWhichMayBePutTogether() throws Exception {
            try (Encoding encoding = Encoding.with(directory, "<redaction><mode>report</mode></redaction>")) {
                encoding.logger().info("patient Zorblax born 1980 password=hunter2");
                encoding.logger().info("patient Quux born 1990 password=hunter2");
                assertThat(bean(encoding.context()).getTopStatements())
                        .hasToString("[2 x com.shop.Checkout [(messages without arguments)] {secret=2}]");
                encoding.logger().info("password=hunter2 {}", 1);
                assertThat(bean(encoding.context()).getTopStatements().get(1).template())
                        .isEqualTo("password=**** {}");
            }
        }

        @Test
        void cannotStandBesideProfileNone() {
            try (Encoding encoding =
                    Encoding.with(directory, "<redaction><mode>report</mode><profile>none</profile></redaction>")) {
                assertThat(encoding.complaints())
                        .contains("ERROR <mode> [report] has nothing to report with <profile> [none]");
            }
        }

        @Test
        void countsStatementsBeyondTheThousandthTogether() {
            Findings findings = new Findings(type -> "t" + type, true);
            for (int i = 0; i < 1_010; i++) {
                findings.add(1, 1, event("template " + i), text -> text);
            }
            List<LeakingStatement> worst = findings.worst(2_000);
            assertThat(worst).hasSize(1_001);
            assertThat(worst.get(0)).hasToString("10 x  [(all other statements)] {t0=10, t64=10}");
        }

        @Test
        void saysSoOnceAnHour() {
            Findings findings = new Findings(type -> "t" + type, true);
            AtomicLong now = new AtomicLong(5);
            LoggerContext context = new LoggerContext();
            ContextAwareBase owner = new ContextAwareBase();
            owner.setContext(context);
            Ticker ticker = now::get;
            FindingsReport report = new FindingsReport(findings, owner, ticker);
            findings.add(1, 0, event("a"), text -> text);
            report.event();
            assertThat(context.getStatusManager().getCopyOfStatusList()).isEmpty();
            now.addAndGet(Duration.ofHours(1).toNanos());
            report.event();
            report.event();
            assertThat(context.getStatusManager().getCopyOfStatusList())
                    .extracting(Status::getMessage)
                    .containsExactly(
                            "<mode> [report]: the statements that leak most: 1 x com.shop.Checkout [a] {t0=1}");
        }

        private LoggingEvent event(String template) {
            LoggerContext context = new LoggerContext();
            return new LoggingEvent(
                    "x", context.getLogger("com.shop.Checkout"), Level.INFO, template, null, new Object[] {1});
        }
    }
}
