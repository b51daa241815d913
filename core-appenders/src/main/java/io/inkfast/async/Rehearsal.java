package io.inkfast.async;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.component.HandOff;
import io.inkfast.component.Overflow;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.InFlight;
import io.inkfast.internal.Ticker;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Walks through the caller's path once, with a queue nobody sees, before a front starts: so that its classes are loaded
 * by then. A virtual thread that has to load a class pins its carrier for as long.
 */
final class Rehearsal {

    private static final long PATIENCE_NANOS = 1_000;
    private static final long LONGEST_MILLIS = 1_000;

    private Rehearsal() {}

    /** On this thread, and on a virtual one where this Java has them: Logback asks such a thread for more. */
    static void perform() {
        walk();
        try {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            Runnable walk = Rehearsal::walk;
            if (start.invoke(null, walk) instanceof Thread thread) {
                thread.join(LONGEST_MILLIS);
            }
        } catch (NoSuchMethodException e) {
            // Java 17: there are none.
        } catch (ReflectiveOperationException e) {
            // It was for speed only.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void walk() {
        LoggingEvent event = new LoggingEvent();
        event.setLevel(Level.WARN);
        event.setLoggerName("rehearsal");
        event.setMessage("{}");
        event.setArgumentArray(new Object[] {List.of("a")});
        event.setKeyValuePairs(new ArrayList<>(List.of(new KeyValuePair("k", new int[] {1}))));
        event.setMDCPropertyMap(Map.of("k", "v"));
        event.prepareForDeferredProcessing();
        for (Overflow overflow : Overflow.values()) {
            submit(Snapshot.of(event), overflow);
        }
    }

    private static void submit(ILoggingEvent event, Overflow overflow) {
        ClosableRing<ILoggingEvent> ring = new ClosableRing<>(1, 1024);
        InFlight calls = new InFlight();
        Overflow bounded = overflow == Overflow.BLOCK ? Overflow.BLOCK_TIMEOUT : overflow;
        HandOff.Limits limits = new HandOff.Limits(1, 1, 1024, bounded, Level.WARN, PATIENCE_NANOS);
        HandOff<ILoggingEvent> handOff =
                new HandOff<>(ring, limits, ILoggingEvent::getLevel, new Books(), Ticker.SYSTEM);
        long weight = new Weight().of(event);
        int call = calls.begin();
        handOff.submit(event, event.getLevel(), weight, true);
        handOff.submit(event, event.getLevel(), weight, true);
        ring.close();
        handOff.submit(event, event.getLevel(), weight, true);
        calls.end(call);
    }
}
