package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.mask.scan.Tally;
import io.inkfast.mask.scan.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what redaction finds: for each type the events that had it, and in report mode for each statement too. Knows types,
 * loggers and templates, never a value. Any thread; nothing is done for an event without findings.
 */
final class Findings implements Tally {

    private static final int MOST_STATEMENTS = 1_000;
    private static final int LONGEST = 512;
    private static final String NO_TEMPLATE = "(messages without arguments)";

    private record Place(String logger, String template) {}

    private final IntFunction<String> names;
    private final boolean reporting;
    private final @Nullable LongAdder[] byType = new LongAdder[Types.MOST];
    private final LongAdder withheldTexts = new LongAdder();
    private final LongAdder withheldEvents = new LongAdder();
    private final Map<Place, StatementCounter> statements = new ConcurrentHashMap<>();
    private final StatementCounter other = new StatementCounter("", "(all other statements)");

    /**
     * @param reporting whether statements are counted
     */
    Findings(IntFunction<String> names, boolean reporting) {
        this.names = names;
        this.reporting = reporting;
        for (int i = 0; i < byType.length; i++) {
            byType[i] = new LongAdder();
        }
    }

    /** Begins anew. */
    void clear() {
        for (LongAdder counter : byType) {
            if (counter != null) {
                counter.reset();
            }
        }
        withheldTexts.reset();
    }

    boolean reporting() {
        return reporting;
    }

    @Override
    public void withheldText() {
        withheldTexts.increment();
    }

    void withheldEvent() {
        withheldEvents.increment();
    }

    /**
     * One event had these types: bit n of {@code low} is type n, of {@code high} type 64 + n.
     *
     * @param event null if it is not at hand
     * @param redacted what may be seen of a template
     */
    void add(long low, long high, @Nullable ILoggingEvent event, UnaryOperator<String> redacted) {
        StatementCounter statement = reporting && event != null ? statement(event, redacted) : null;
        for (int word = 0; word < 2; word++) {
            for (long rest = word == 0 ? low : high; rest != 0; rest &= rest - 1) {
                int type = 64 * word + Long.numberOfTrailingZeros(rest);
                LongAdder counter = byType[type];
                if (counter != null) {
                    counter.increment();
                }
                if (statement != null) {
                    statement.count(names.apply(type));
                }
            }
        }
        if (statement != null) {
            statement.event();
        }
    }

    private StatementCounter statement(ILoggingEvent event, UnaryOperator<String> redacted) {
        String logger = String.valueOf(event.getLoggerName());
        Object[] arguments = event.getArgumentArray();
        // Without arguments the text may be put together, of what no detector knows.
        String template = arguments == null || arguments.length == 0 ? NO_TEMPLATE : String.valueOf(event.getMessage());
        Place place = new Place(logger, template.length() <= LONGEST ? template : template.substring(0, LONGEST));
        StatementCounter known = statements.get(place);
        if (known != null) {
            return known;
        }
        if (statements.size() >= MOST_STATEMENTS) {
            return other;
        }
        String shown = redacted.apply(template);
        return statements.computeIfAbsent(
                place,
                unknown -> new StatementCounter(
                        redacted.apply(logger), shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST)));
    }

    /** For each type the events that had it. */
    Map<String, Long> byType() {
        Map<String, Long> counts = new TreeMap<>();
        for (int type = 0; type < byType.length; type++) {
            LongAdder counter = byType[type];
            long count = counter == null ? 0 : counter.sum();
            if (count > 0) {
                counts.merge(names.apply(type), count, Long::sum);
            }
        }
        return counts;
    }

    long withheldTexts() {
        return withheldTexts.sum();
    }

    long withheldEvents() {
        return withheldEvents.sum();
    }

    /** The statements with the most events, the worst first. */
    List<LeakingStatement> worst(int most) {
        return Stream.concat(statements.values().stream(), Stream.of(other))
                .map(StatementCounter::now)
                .filter(statement -> statement.events() > 0)
                .sorted(Comparator.comparingLong(LeakingStatement::events)
                        .reversed()
                        .thenComparing(LeakingStatement::logger)
                        .thenComparing(LeakingStatement::template))
                .limit(most)
                .toList();
    }
}
