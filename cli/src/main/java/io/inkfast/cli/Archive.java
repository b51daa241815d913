package io.inkfast.cli;

import io.inkfast.internal.Directory;
import io.inkfast.internal.PositionalStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/*
 * A file gets its name when it is whole and on the device. What it says at its end, and nothing beside it, is how far the
 * archive is: one rename changes both the content and the position.
 */
/** The files of one stream in a directory, one for each day. One thread; one process at a time. */
final class Archive {

    /** The archive cannot be used; the message says which file and why. */
    static final class Unusable extends IOException {

        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /** Writes entries, and tells of each. */
    interface Content {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes them in the order of their ids. */
    interface Sink {
        void add(StreamEntry entry) throws IOException;
    }

    private static final String SUFFIX = ".jsonl.gz";
    private static final String PENDING = ".new";
    private static final int BUFFER = 1 << 16;
    private static final int DATE = 10;

    private final Directory folder;
    private final String key;
    private final String prefix;
    private @Nullable ArchiveMark mark;

    Archive(Directory folder, String stream) {
        this.folder = folder;
        key = ArchiveMark.key(stream);
        prefix = cleaned(stream) + "-";
    }

    /** A name for files: whatever is not a letter or digit of ASCII, hyphen, underscore or point is {@code %} and two digits. */
    static String cleaned(String stream) {
        StringBuilder name = new StringBuilder();
        for (byte each : stream.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter || c == '-' || c == '_' || (c == '.' && !name.isEmpty())) {
                name.append(c);
            } else {
                name.append(String.format("%%%02X", (int) c));
            }
        }
        return name.toString();
    }

    /** Removes what a process that was killed has left, and reads how far the archive is. */
    void open() throws IOException {
        String newest = null;
        for (String name : folder.list()) {
            if (name.endsWith(PENDING) && day(name.substring(0, name.length() - PENDING.length())) != null) {
                folder.delete(name);
            } else if (day(name) != null) {
                newest = newest == null || Comparator.<String>naturalOrder().compare(name, newest) > 0 ? name : newest;
            }
        }
        if (newest != null) {
            mark = read(newest);
            // Also the name that such a process has just given.
            folder.sync();
        }
    }

    /** The end of what is in the archive, and on the device; null if nothing is. */
    @Nullable
    ArchiveMark mark() {
        return mark;
    }

    /* Null if it is not the name of a file of this archive. */
    private @Nullable LocalDate day(String name) {
        if (name.length() != prefix.length() + DATE + SUFFIX.length()
                || !name.startsWith(prefix)
                || !name.endsWith(SUFFIX)) {
            return null;
        }
        try {
            return LocalDate.parse(name.substring(prefix.length(), prefix.length() + DATE));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private ArchiveMark read(String name) throws IOException {
        Directory.Binary file = folder.open(name, Directory.Access.READ);
        try {
            ArchiveMark found = ArchiveMark.at(file);
            if (found == null) {
                throw new Unusable("[" + folder + "/" + name + "] does not end as a file of an archive does: it is cut"
                        + " off, damaged, or something else; move it away, or name another --out");
            }
            if (!found.stream().equals(key) || !found.last().day().equals(day(name))) {
                throw new Unusable("[" + folder + "/" + name + "] is of another stream or day than its name says; name"
                        + " another --out");
            }
            return found;
        } finally {
            file.close();
        }
    }

    /** Adds entries of one day, all behind what is there. The name of the file; null if there was no entry. */
    @Nullable
    String add(LocalDate day, Content content) throws IOException {
        String name = prefix + day + SUFFIX;
        Directory.Binary file = folder.create(name + PENDING);
        ArchiveMark end;
        try {
            OutputStream out = new BufferedOutputStream(new PositionalStream(file), BUFFER);
            ArchiveMark before = mark;
            boolean continued = before != null && before.last().day().equals(day);
            if (continued) {
                copy(name, out);
            }
            Compressed added = new Compressed(out);
            try (added) {
                content.writeTo(added);
            }
            end = added.mark(continued ? before : null);
            if (end != null) {
                out.write(end.bytes());
                out.flush();
                file.force();
            }
        } catch (IOException e) {
            giveUp(file, name + PENDING, e);
            throw e;
        }
        file.close();
        if (end == null) {
            folder.delete(name + PENDING);
            return null;
        }
        folder.rename(name + PENDING, name);
        folder.sync();
        mark = end;
        return name;
    }

    private void giveUp(Directory.Binary file, String name, IOException why) {
        try {
            file.close();
            folder.delete(name);
        } catch (IOException e) {
            // The next run deletes it.
            why.addSuppressed(e);
        }
    }

    /* All but its mark. */
    private void copy(String name, OutputStream out) throws IOException {
        Directory.Binary file = folder.open(name, Directory.Access.READ);
        try {
            long size = file.size() - ArchiveMark.SIZE;
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            for (long at = 0; at < size; at += buffer.position()) {
                buffer.clear().limit((int) Math.min(BUFFER, size - at));
                if (file.read(buffer, at) < 0) {
                    throw new Unusable("[" + folder + "/" + name + "] has become shorter while it was read");
                }
                out.write(buffer.array(), 0, buffer.position());
            }
        } finally {
            file.close();
        }
    }

    /* A member of gzip, and what it has. */
    private final class Compressed implements Sink, AutoCloseable {

        private final OutputStream out;
        private final EntryLine line = new EntryLine();
        private @Nullable GZIPOutputStream lines;
        private @Nullable StreamId first;
        private @Nullable StreamEntry last;
        private long entries;

        Compressed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void add(StreamEntry entry) throws IOException {
            GZIPOutputStream to = lines;
            if (to == null) {
                to = new GZIPOutputStream(out, BUFFER);
                lines = to;
                first = entry.id();
            }
            line.write(entry, to);
            last = entry;
            entries++;
        }

        @Override
        public void close() throws IOException {
            if (lines != null) {
                lines.close();
            }
        }

        @Nullable
        ArchiveMark mark(@Nullable ArchiveMark before) {
            if (last == null) {
                return null;
            }
            return new ArchiveMark(
                    before == null ? Objects.requireNonNull(first) : before.first(),
                    last.id(),
                    entries + (before == null ? 0 : before.entries()),
                    key,
                    last.digest());
        }
    }
}
