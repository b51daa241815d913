package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.inkfast.component.BatchAppender;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.internal.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the appenders behind a front, before it starts. */
final class Wiring {

    /* An event with its message, snapshot and place in the queue; for a rough check against the heap. */
    private static final long EVENT_BYTES = 1024;

    private Wiring() {}

    /** Adds every problem to {@code settings}. */
    static void check(Appender<ILoggingEvent> front, List<Appender<ILoggingEvent>> sinks, Settings settings) {
        if (sinks.isEmpty()) {
            settings.problem(
                    "no appender is attached; add <appender-ref ref=\"NAME\"/>, directly inside this appender");
        }
        for (Appender<ILoggingEvent> sink : sinks) {
            if (sink == front) {
                settings.problem("the appender refers to itself; its <appender-ref> must name another one");
            } else if (leadsTo(sink, front, Collections.newSetFromMap(new IdentityHashMap<>()))) {
                settings.problem(
                        "[" + sink.getName() + "] leads back to this appender; events would go round for ever");
            } else if (!(sink instanceof BatchAppender)) {
                // Ours check themselves, and stay stopped if they must.
                ConfigurationCheck.problems(sink).forEach(settings::problem);
            }
        }
    }

    /** The fallback gets what fails and nothing else, so there must be another sink; and there must be a fallback. */
    static void checkFallback(
            Appender<ILoggingEvent> front,
            @Nullable String fallback,
            List<Appender<ILoggingEvent>> sinks,
            Settings settings) {
        if (fallback == null) {
            return;
        }
        long others =
                sinks.stream().filter(sink -> !fallback.equals(sink.getName())).count();
        if (others == 0 && !sinks.isEmpty()) {
            settings.problem(
                    "<fallback> [" + fallback + "] is the only appender behind this one; it gets what the others"
                            + " could not take: refer to another one as well");
        } else if (others == sinks.size() && !ConfigurationCheck.mayBeDefined(front, fallback)) {
            settings.problem("<fallback> [" + fallback + "] is not the name of an appender");
        }
    }

    static void checkHeap(int queueSize, long maxQueuedBytes, boolean bytesChosen, long heap, Settings settings) {
        if (queueSize * EVENT_BYTES > heap / 2) {
            settings.problem("<queueSize> [" + queueSize + "] events of about 1 KB do not fit into half of the heap ("
                    + Settings.size(heap / 2 / 1024 * 1024) + "); allowed is up to " + heap / 2 / EVENT_BYTES
                    + ", or give the JVM more with -Xmx");
        }
        if (bytesChosen && maxQueuedBytes > heap / 2) {
            settings.problem("<maxQueuedBytes> [" + Settings.size(maxQueuedBytes) + "] is more than half of the heap;"
                    + " allowed is up to " + Settings.size(heap / 2 / 1024 * 1024)
                    + ", or give the JVM more with -Xmx");
        }
    }

    private static boolean leadsTo(Object from, Object target, Set<Object> seen) {
        if (!seen.add(from) || !(from instanceof AppenderAttachable<?> attachable)) {
            return false;
        }
        List<Object> next = new ArrayList<>();
        for (Iterator<?> it = attachable.iteratorForAppenders(); it.hasNext(); ) {
            next.add(it.next());
        }
        return next.stream().anyMatch(each -> each == target || leadsTo(each, target, seen));
    }
}
