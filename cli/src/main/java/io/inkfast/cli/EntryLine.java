package io.inkfast.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line of an entry: always one object of JSON, and nothing of the entry is missing in it.
 *
 * <pre>
 * fields id and data; data is an object      data, byte for byte; ends of line within become spaces
 * ... and it does not have the id            {"event.id":"id", and the rest of data
 * anything else                              {"stream.id":"1795000000000-0","fields":{"name":"value",...}}
 *                                            a value that is not UTF-8 is {"base64":"..."}
 * </pre>
 *
 * One thread.
 */
final class EntryLine {

    private final EventLine lines = new EventLine();

    void write(StreamEntry entry, OutputStream out) throws IOException {
        List<byte[]> fields = entry.fields();
        boolean ours = fields.size() == 4 && isNamed(fields.get(0), "id") && isNamed(fields.get(2), "data");
        if (!ours || !writeData(fields.get(1), fields.get(3), out)) {
            out.write(fields(entry).getBytes(StandardCharsets.UTF_8));
        }
        out.write('\n');
    }

    private static boolean isNamed(byte[] field, String name) {
        return new String(field, StandardCharsets.ISO_8859_1).equals(name);
    }

    /* False, and nothing is written, if it is no object, or speaks of an event in other words. */
    private boolean writeData(byte[] id, byte[] data, OutputStream out) throws IOException {
        String name = text(id);
        EventLine.Kind kind = lines.read(data, 0, data.length);
        if (name == null || kind == EventLine.Kind.BROKEN || text(data) == null) {
            return false;
        }
        byte[] line = data.clone();
        for (int i = 0; i < line.length; i++) {
            // Raw, they are never within a string.
            line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
        }
        if (kind == EventLine.Kind.EVENT) {
            boolean same = name.equals(lines.run() + "-" + lines.number());
            if (same) {
                out.write(line);
            }
            return same;
        }
        String text = new String(line, StandardCharsets.ISO_8859_1);
        boolean speaks = text.contains("\"event\"") || text.contains("\"event.id\"");
        return !speaks && writeWithId(name, line, out);
    }

    private static boolean writeWithId(String id, byte[] line, OutputStream out) throws IOException {
        int brace = 0;
        while (line[brace] != '{') {
            brace++;
        }
        int first = brace + 1;
        while (line[first] == ' ' || line[first] == '\t') {
            first++;
        }
        out.write(("{\"event.id\":" + Json.quoted(id) + (line[first] == '}' ? "" : ","))
                .getBytes(StandardCharsets.UTF_8));
        out.write(line, first, line.length - first);
        return true;
    }

    private static String fields(StreamEntry entry) {
        StringBuilder object = new StringBuilder("{\"stream.id\":")
                .append(Json.quoted(entry.id().toString()));
        object.append(",\"fields\":{");
        for (int i = 0; i + 1 < entry.fields().size(); i += 2) {
            byte[] name = entry.fields().get(i);
            String readable = text(name);
            object.append(i == 0 ? "" : ",")
                    .append(Json.quoted(readable == null ? "base64:" + base64(name) : readable))
                    .append(':')
                    .append(value(entry.fields().get(i + 1)));
        }
        return object.append("}}").toString();
    }

    private static String value(byte[] bytes) {
        String text = text(bytes);
        return text == null ? "{\"base64\":\"" + base64(bytes) + "\"}" : Json.quoted(text);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /* Null if it is not UTF-8. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
