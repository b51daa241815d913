package io.inkfast.wal;

import ch.qos.logback.core.Appender;
import io.inkfast.component.ClearCopies;
import io.inkfast.internal.Settings;
import io.inkfast.journal.Journal;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetSetting;
import io.inkfast.keys.RecordOpener;
import io.inkfast.keys.RecordSeal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What encrypts the journal of this run, and opens those of earlier ones. Immutable.
 *
 * @param seal null if the journal is in clear text
 */
record JournalKeys(
        @Nullable EncryptionKeyset keyset, @Nullable RecordSeal seal) {

    /** As the appender is configured; nothing in front of an encrypted log may be in clear text. */
    static JournalKeys of(WriteAheadAppender appender, WalSettings.Values values, Settings settings) {
        EncryptionKeyset keyset = values.keyset();
        RecordSeal seal = KeysetSetting.seal(settings, keyset, RecordSeal.Purpose.JOURNAL);
        if (keyset != null) {
            keyset.warnings().forEach(appender::addWarn);
        }
        Appender<?> encrypted = keyset == null ? ClearCopies.behind(appender) : null;
        if (encrypted != null) {
            String words = "the journal is in clear text, and [" + encrypted.getName() + "] behind it encrypts";
            if (values.allowClear()) {
                appender.addWarn("appender [" + appender.getName() + "]: " + words);
            } else {
                settings.problem(words + "; give this appender a <keyset>, or say <allowClear>true</allowClear>");
            }
        }
        return new JournalKeys(keyset, seal);
    }

    /** What the owner of a journal says about it, as more members of a JSON object. */
    String members() {
        return seal == null ? "" : "," + seal.member();
    }

    /** Opens the records of a journal, also those that this run is going to write. */
    RecordOpener opener(Journal journal) throws IOException {
        try {
            return RecordOpener.of(keyset, journal.metas(), RecordSeal.Purpose.JOURNAL)
                    .with(seal);
        } catch (KeysetException e) {
            throw new IOException(e.getMessage());
        }
    }
}
