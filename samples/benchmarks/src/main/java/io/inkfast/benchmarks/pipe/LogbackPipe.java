package io.inkfast.benchmarks.pipe;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** Any Logback configuration that writes to {@code ${LOG_FILE}}, logged to through SLF4J. */
public final class LogbackPipe implements Pipe {

    private final LoggerContext context;
    private final Workload workload;

    LogbackPipe(String configuration, Path file, Workload workload) {
        // A system property and not one of the context, since LogstashEncoder writes the context's into every line.
        System.setProperty("LOG_FILE", file.toString());
        System.setProperty("KEYSET", Encryption.keyset(file));
        this.context = LogbackContext.of(configuration);
        this.workload = workload;
    }

    @Override
    public Source source(int producer) {
        return source(context.getLogger(Workload.LOGGER), workload, producer);
    }

    @Override
    public void close() {
        context.stop();
    }

    /** A source that logs to any SLF4J logger; also sets the thread's context. */
    public static Source source(Logger logger, Workload workload, int producer) {
        Workload.CONTEXT.forEach(MDC::put);
        Integer number = producer;
        Exception failure = Workload.failure();
        return sequence -> {
            if (sequence % Workload.CONTEXT_EVERY == 0) {
                MDC.put(Workload.CHANGING_KEY, Workload.changingValue(sequence));
            }
            if (workload == Workload.WM) {
                logSecrets(logger, sequence, number);
                return;
            }
            if (!workload.hasPairs()) {
                logger.info(Workload.MESSAGE, sequence, number);
                return;
            }
            LoggingEventBuilder event = logger.atInfo()
                    .setMessage(Workload.MESSAGE)
                    .addArgument(sequence)
                    .addArgument(number);
            for (Map.Entry<String, Object> pair : Workload.PAIRS) {
                event = event.addKeyValue(pair.getKey(), pair.getValue());
            }
            if (workload.hasFailure()) {
                event = event.setCause(failure);
            }
            event.log();
        };
    }

    private static void logSecrets(Logger logger, long sequence, Integer producer) {
        Customer customer = Customer.of(sequence);
        logger.atInfo()
                .setMessage(Workload.SECRETS_MESSAGE)
                .addArgument(sequence)
                .addArgument(producer)
                .addArgument(customer.email())
                .addArgument(customer.card())
                .addArgument(customer.token())
                .addKeyValue("password", customer.password())
                .addKeyValue("ssn", customer.ssn())
                .addKeyValue("creditCard", customer.card())
                .log();
    }
}
