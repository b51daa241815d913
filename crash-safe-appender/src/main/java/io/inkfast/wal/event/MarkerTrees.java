package io.inkfast.wal.event;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.internal.JoinedText;
import java.util.ArrayList;
import java.util.List;
import net.logstash.logback.marker.LogstashMarker;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;

/** Writes and reads the markers of {@link EventRecord}. Any thread. */
@SuppressWarnings("deprecation") // References are on their way out, and printed until then.
final class MarkerTrees {

    private MarkerTrees() {}

    static void write(BatchBuffer out, List<Marker> markers) {
        Primitives.count(out, markers.size());
        for (Marker marker : markers) {
            write(out, marker, 1);
        }
    }

    private static void write(BatchBuffer out, Marker marker, int depth) {
        List<Marker> references = new ArrayList<>(0);
        if (marker.hasReferences() && depth < EventRecord.DEEPEST_MARKER) {
            marker.iterator().forEachRemaining(references::add);
        }
        if (marker instanceof LogstashMarker fields) {
            boolean one = fields instanceof SingleFieldAppendingMarker;
            out.write(one ? EventRecord.MARKER_WITH_ONE_FIELD : EventRecord.MARKER_WITH_FIELDS);
            Primitives.text(out, fields.getName());
            Primitives.text(out, JoinedText.head(fields.toString(), fields.iterator()));
            Tokens.writeMembers(out, fields::writeTo);
            if (fields instanceof SingleFieldAppendingMarker field) {
                Primitives.text(out, field.getFieldName());
            }
        } else {
            out.write(EventRecord.PLAIN_MARKER);
            Primitives.text(out, marker.getName());
        }
        Primitives.count(out, references.size());
        for (Marker reference : references) {
            write(out, reference, depth + 1);
        }
    }

    static List<Marker> read(RecordReader reader, byte[] bytes) throws DamagedEventException {
        int count = reader.count();
        List<Marker> markers = new ArrayList<>(Math.min(count, 16));
        BasicMarkerFactory factory = new BasicMarkerFactory();
        for (int i = 0; i < count; i++) {
            markers.add(read(reader, bytes, factory, 1));
        }
        return markers;
    }

    private static Marker read(RecordReader reader, byte[] bytes, BasicMarkerFactory factory, int depth)
            throws DamagedEventException {
        if (depth > EventRecord.DEEPEST_MARKER) {
            throw new DamagedEventException("a marker in the record is too deep");
        }
        Marker marker = alone(reader, bytes, factory);
        for (int count = reader.count(); count > 0; count--) {
            marker.add(read(reader, bytes, factory, depth + 1));
        }
        return marker;
    }

    private static Marker alone(RecordReader reader, byte[] bytes, BasicMarkerFactory factory)
            throws DamagedEventException {
        int kind = reader.oneByte();
        String name = reader.textThatIs();
        if (kind == EventRecord.PLAIN_MARKER) {
            return factory.getDetachedMarker(name);
        }
        String text = reader.textThatIs();
        Tokens fields = Tokens.read(reader, bytes, true);
        if (kind == EventRecord.MARKER_WITH_FIELDS) {
            return new JournaledMarker(name, text, fields);
        }
        if (kind == EventRecord.MARKER_WITH_ONE_FIELD) {
            return new JournaledField(name, reader.textThatIs(), text, fields);
        }
        throw new DamagedEventException("the record has a marker of an unknown kind");
    }
}
