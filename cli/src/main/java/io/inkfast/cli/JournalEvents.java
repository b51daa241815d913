package io.inkfast.cli;

import io.inkfast.journal.JournalReader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.RecordOpener;
import io.inkfast.keys.RecordSeal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The events of a journal, opened where they are encrypted. One thread. */
final class JournalEvents {

    private final JournalReader journal;
    private final RecordOpener opener;
    private long locked;

    /** @param keyset null if there is none: then what is encrypted is left out, and counted */
    JournalEvents(JournalReader journal, @Nullable EncryptionKeyset keyset) throws KeysetException {
        this.journal = journal;
        opener = RecordOpener.of(keyset, journal.metas(), RecordSeal.Purpose.JOURNAL);
    }

    /** Gives every event that can be read, from an LSN on; how many there were, those too that cannot be opened. */
    long read(long from, JournalReader.RecordConsumer consumer) throws IOException {
        locked = 0;
        return journal.events(from, (lsn, payload) -> {
            byte[] open = opener.open(payload);
            if (open == null) {
                locked++;
            } else {
                consumer.accept(lsn, open);
            }
        });
    }

    JournalReader.Condition condition() {
        return journal.condition();
    }

    /** How many events of the last reading could not be opened. */
    long locked() {
        return locked;
    }

    /** What to do about those. */
    String sentence() {
        return locked + " events are encrypted with key " + String.join(", key ", opener.missingKeys())
                + "; name the keyset with --keyset";
    }
}
