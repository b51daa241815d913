package io.inkfast.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens records that {@link RecordSeal}s have sealed, and lets others pass. Immutable, any thread.
 *
 * @since 0.1.0
 */
public final class RecordOpener {

    /** Knows no seal. */
    public static final RecordOpener NONE = new RecordOpener(List.of(), List.of());

    private static final Pattern SEAL = Pattern.compile("\"seal\":\"([\\w.-]+)\"");

    private final List<RecordSeal> seals;
    private final List<String> locked;

    private RecordOpener(List<RecordSeal> seals, List<String> locked) {
        this.seals = seals;
        this.locked = locked;
    }

    /**
     * Of the seals that are in these texts of JSON, see {@link RecordSeal#member}.
     *
     * @param keyset null if there is none
     */
    public static RecordOpener of(
            @Nullable EncryptionKeyset keyset, Collection<String> json, RecordSeal.Purpose purpose)
            throws KeysetException {
        List<RecordSeal> seals = new ArrayList<>();
        List<String> locked = new ArrayList<>();
        for (String text : texts(json)) {
            RecordSeal seal = keyset == null ? null : RecordSeal.open(keyset, text, purpose);
            if (seal == null) {
                locked.add(text);
            } else {
                seals.add(seal);
            }
        }
        return new RecordOpener(List.copyOf(seals), List.copyOf(locked));
    }

    private static Set<String> texts(Collection<String> json) {
        Set<String> texts = new LinkedHashSet<>();
        for (String each : json) {
            Matcher seal = SEAL.matcher(each);
            if (seal.find()) {
                texts.add(seal.group(1));
            }
        }
        return texts;
    }

    /** The same, and one more. */
    public RecordOpener with(@Nullable RecordSeal seal) {
        if (seal == null) {
            return this;
        }
        List<RecordSeal> more = new ArrayList<>(seals);
        more.add(seal);
        return new RecordOpener(List.copyOf(more), locked);
    }

    /** Ids of the keys, in hexadecimal digits, that the keyset lacks. */
    public List<String> missingKeys() {
        return locked.stream()
                .map(text -> text.split("\\.", -1))
                .map(parts -> parts.length == 3 ? parts[1] : "?")
                .distinct()
                .toList();
    }

    /** The record as it was: itself, if it is not sealed; null if it cannot be opened. */
    public byte @Nullable [] open(byte[] record) {
        if (!RecordSeal.isSealed(record, 0, record.length)) {
            return record;
        }
        for (RecordSeal seal : seals) {
            if (seal.isOwn(record, 0)) {
                return seal.open(record, 0, record.length);
            }
        }
        return null;
    }
}
