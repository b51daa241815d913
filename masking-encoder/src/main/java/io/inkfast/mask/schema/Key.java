package io.inkfast.mask.schema;

import java.util.List;

/**
 * A field of a schema whose value comes with the event.
 *
 * @param name as it is written
 * @param from the names it is looked for under; the first that has a value counts
 */
record Key(String name, Place place, List<String> from) {

    /** Where to look. */
    enum Place {
        /** Key-values, then MDC, then properties of the context. */
        ANYWHERE,
        PAIRS,
        PROPERTIES
    }

    static Key anywhere(String name, String... others) {
        return new Key(name, Place.ANYWHERE, concat(name, others));
    }

    static Key pair(String name, String from) {
        return new Key(name, Place.PAIRS, List.of(from));
    }

    static Key property(String name, String... others) {
        return new Key(name, Place.PROPERTIES, concat(name, others));
    }

    private static List<String> concat(String name, String... others) {
        String[] all = new String[others.length + 1];
        all[0] = name;
        System.arraycopy(others, 0, all, 1, others.length);
        return List.of(all);
    }
}
