package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;

/**
 * What is done once to the segments that earlier processes left: from now on they are only read. One thread.
 */
final class LeftSegments {

    private LeftSegments() {}

    /**
     * Has the device confirm what a killed process left with the kernel only, since it counts as confirmed from now on; and
     * cuts off what no record came to, so that a service which is started and killed over and over does not fill
     * its journal with them, and every next start does not read them. Where something is missing that was confirmed, all is
     * left for people to look at.
     */
    static void settle(Directory directory, JournalListener listener, JournalScan found) {
        boolean loses = !found.lost().isEmpty();
        for (JournalScan.Segment segment : found.segments()) {
            boolean forces = segment.lastLsn() > found.horizon();
            boolean cuts = !loses && segment.bytes() < segment.size();
            if (forces || cuts) {
                try {
                    settle(directory, segment, forces, cuts);
                } catch (IOException e) {
                    listener.trouble("[" + segment.name() + "] cannot be "
                            + (forces ? "confirmed" : "cut behind its last record") + ": "
                            + e.getClass().getName());
                }
            }
        }
    }

    private static void settle(Directory directory, JournalScan.Segment segment, boolean forces, boolean cuts)
            throws IOException {
        Directory.Binary file = directory.open(segment.name(), Access.WRITE);
        try {
            if (forces) {
                file.force();
            }
            if (cuts) {
                file.truncate(segment.bytes());
            }
        } finally {
            file.close();
        }
    }
}
