package io.inkfast.mask;

import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Looks at the appenders behind others. */
final class Behind {

    private Behind() {}

    /** Those that it refers to; none if it is not of the kind. */
    static List<Object> of(Object appender) {
        List<Object> behind = new ArrayList<>();
        if (appender instanceof AppenderAttachable<?> front) {
            for (Iterator<?> it = front.iteratorForAppenders(); it.hasNext(); ) {
                behind.add(it.next());
            }
        }
        return behind;
    }

    /** Whether it is that one, or that one is somewhere behind it. */
    static boolean leadsTo(Object from, Object target) {
        return leadsTo(from, target, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean leadsTo(Object from, Object target, Set<Object> seen) {
        return from == target || (seen.add(from) && of(from).stream().anyMatch(each -> leadsTo(each, target, seen)));
    }
}
