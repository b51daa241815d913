package io.inkfast.mask;

import io.inkfast.internal.JoinedText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.logstash.logback.marker.LogstashMarker;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarker;
import org.slf4j.helpers.BasicMarkerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.util.TokenBuffer;

/** Markers with redacted names, and redacted fields where they have any. A plain marker with a clean name stays itself. */
@SuppressWarnings("deprecation") // References are on their way out, and printed until then.
final class SafeMarkers {

    private static final int DEEPEST = 16;

    private final Sanitizer sanitizer;
    private final BasicMarkerFactory factory = new BasicMarkerFactory();

    private SafeMarkers(Sanitizer sanitizer) {
        this.sanitizer = sanitizer;
    }

    static @Nullable List<Marker> of(@Nullable List<Marker> markers, Sanitizer sanitizer) {
        if (markers == null || markers.isEmpty()) {
            return markers;
        }
        SafeMarkers safe = new SafeMarkers(sanitizer);
        List<Marker> result = new ArrayList<>(markers.size());
        for (Marker marker : markers) {
            result.add(safe.marker(marker, 0));
        }
        return result;
    }

    private Marker marker(Marker original, int depth) {
        String name = sanitizer.name(original.getName());
        boolean deep = depth > DEEPEST;
        if (original.getClass() == BasicMarker.class && name.equals(original.getName()) && !original.hasReferences()) {
            return original;
        }
        Marker safe =
                original instanceof LogstashMarker fields ? frozen(fields, name) : factory.getDetachedMarker(name);
        for (Iterator<Marker> references = original.iterator(); references.hasNext() && !deep; ) {
            safe.add(marker(references.next(), depth + 1));
        }
        return safe;
    }

    private Marker frozen(LogstashMarker marker, String name) {
        String self = self(marker);
        boolean hidden = marker instanceof SingleFieldAppendingMarker field
                ? sanitizer.redactor().type(field.getFieldName()) >= 0
                : sanitizer.redactor().policy().strict();
        if (hidden) {
            self = sanitizer.printed(marker);
        }
        Freezer freezer = sanitizer.freezer();
        TokenBuffer fields = freezer == null ? null : freezer.fields(marker::writeTo);
        String text = sanitizer.text(self);
        if (marker instanceof SingleFieldAppendingMarker field) {
            Policy hiddenBy = hidden ? sanitizer.redactor().policy() : null;
            return new FrozenField(
                    name, new NamedArgument(sanitizer.name(field.getFieldName()), text, hiddenBy), fields);
        }
        return new Frozen(name, text, fields);
    }

    /* What it prints without its references. */
    private static String self(LogstashMarker marker) {
        try {
            return JoinedText.head(marker.toString(), marker.iterator());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return "[withheld]";
        }
    }

    /** Fields as they were, redacted; null if they are withheld. */
    private static final class Frozen extends LogstashMarker {

        private static final long serialVersionUID = 1L;

        private final String self;
        private final transient @Nullable TokenBuffer fields;

        Frozen(String name, String self, @Nullable TokenBuffer fields) {
            super(name);
            this.self = self;
            this.fields = fields;
        }

        @Override
        public void writeTo(JsonGenerator generator) {
            Freezer.copy(fields, generator);
        }

        @Override
        protected String toStringSelf() {
            return self;
        }

        /* By name, two markers with different fields would be one. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
