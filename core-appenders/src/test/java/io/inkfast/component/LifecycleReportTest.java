package io.inkfast.component;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.status.Status;
import io.inkfast.internal.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleReportTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> owner = new ListAppender<>();
    private final Rejections rejections = new Rejections(Ticker.SYSTEM);
    private final LifecycleReport report = new LifecycleReport(owner, rejections);
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @BeforeEach
    void catchStandardError() {
        owner.setContext(context);
        owner.setName("FILE");
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveItBack() {
        System.setErr(before);
    }

    private List<String> statuses(int level) {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() == level)
                .map(Status::getMessage)
                .toList();
    }

    private String rejected() {
        shown.reset();
        rejections.reject(
                "FILE",
                new LoggingEvent(
                        "", context.getLogger("com.acme"), ch.qos.logback.classic.Level.INFO, "secret", null, null));
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysEachProblemAndWhatFollows() {
        assertThat(report.refuses(List.of("<file> is required", "an <encoder> is required")))
                .isTrue();
        assertThat(statuses(Status.ERROR))
                .containsExactly(
                        "appender [FILE]: <file> is required",
                        "appender [FILE]: an <encoder> is required",
                        "appender [FILE] is not started; its events are rejected, and shown on standard error");
        assertThat(rejected())
                .contains("INFO com.acme [event rejected: appender [FILE] is misconfigured]")
                .doesNotContain("secret");
    }

    @Test
    void isSilentWithoutAProblem() {
        report.refuses(List.of("<file> is required"));
        context.getStatusManager().clear();
        assertThat(report.refuses(List.of())).isFalse();
        assertThat(statuses(Status.ERROR)).isEmpty();
        assertThat(rejected()).isEmpty();
    }

    @Test
    void saysWhatAStartHasThrownAndGoesOn() {
        report.guard(() -> {
            throw new IllegalStateException("secret");
        });
        report.guard(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        String notStarted = "appender [FILE] is not started; its events are rejected, and shown on standard error";
        assertThat(statuses(Status.ERROR))
                .containsExactly(
                        "appender [FILE]: its start failed with java.lang.IllegalStateException",
                        notStarted,
                        "appender [FILE]: its start failed with java.lang.OutOfMemoryError: unable to create native"
                                + " thread",
                        notStarted);
    }

    @Test
    void saysNothingOfAStartThatWorks() {
        report.guard(() -> {});
        assertThat(statuses(Status.ERROR)).isEmpty();
    }

    @Test
    void saysTheBalanceAtTheEnd() {
        report.stopped(new Accounting(3, 0, 2, 0, 0, 1, 0, 0, 0, 0));
        assertThat(statuses(Status.INFO))
                .containsExactly("appender [FILE] is stopped; received 3 = written 2 + rejected 1");
    }
}
