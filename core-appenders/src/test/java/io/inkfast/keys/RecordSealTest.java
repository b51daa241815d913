package io.inkfast.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.BatchBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSealTest {

    private static final byte[] RECORD = "what a journal keeps".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private EncryptionKeyset keyset;
    private RecordSeal seal;

    @BeforeEach
    void makeKeys() throws KeysetException {
        keyset = keyset("a.json");
        seal = RecordSeal.create(keyset, RecordSeal.Purpose.JOURNAL);
    }

    private EncryptionKeyset keyset(String name) throws KeysetException {
        String reference = "file:" + folder.resolve(name);
        KeysetFile.of("keyset", reference).generate(KeysetPurpose.ENCRYPTION, false);
        return EncryptionKeyset.read("keyset", reference);
    }

    private byte[] sealed() {
        BatchBuffer buffer = new BatchBuffer(16);
        buffer.write(RECORD);
        seal.seal(buffer, 0);
        return Arrays.copyOfRange(buffer.array(), RECORD.length, buffer.size());
    }

    private RecordOpener opener(EncryptionKeyset keys, RecordSeal.Purpose purpose) throws KeysetException {
        return RecordOpener.of(keys, List.of("{\"pid\":1," + seal.member() + "}"), purpose);
    }

    @Test
    void whatIsSealedIsOpenedWithTheKeyset() throws KeysetException {
        byte[] sealed = sealed();
        assertThat(sealed).hasSize(RECORD.length + RecordSeal.OVERHEAD);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("journal");
        assertThat(opener(keyset, RecordSeal.Purpose.JOURNAL).open(sealed)).isEqualTo(RECORD);
        assertThat(opener(keyset, RecordSeal.Purpose.JOURNAL).missingKeys()).isEmpty();
    }

    @Test
    void nothingElseOpensIt() throws KeysetException {
        byte[] sealed = sealed();
        RecordOpener other = opener(keyset("b.json"), RecordSeal.Purpose.JOURNAL);
        assertThat(other.open(sealed)).isNull();
        assertThat(other.missingKeys())
                .containsExactly(KeysetKey.name(keyset.keys().get(0).id()));
        assertThat(opener(keyset, RecordSeal.Purpose.RING).open(sealed)).isNull();
        assertThat(RecordOpener.NONE.open(sealed)).isNull();
        RecordSeal foreign = RecordSeal.create(keyset, RecordSeal.Purpose.JOURNAL);
        assertThat(RecordOpener.NONE.with(foreign).open(sealed)).isNull();
    }

    @Test
    void whatIsNotSealedPasses() {
        assertThat(RecordOpener.NONE.open(RECORD)).isSameAs(RECORD);
    }

    @Test
    void everyBitThatIsChangedAndEveryPrefixIsRefused() throws KeysetException {
        byte[] sealed = sealed();
        RecordOpener opener = opener(keyset, RecordSeal.Purpose.JOURNAL);
        for (int bit = 8; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opener.open(changed)).as("bit %d", bit).isNull();
        }
        for (int length = RecordSeal.OVERHEAD; length < sealed.length; length++) {
            assertThat(opener.open(Arrays.copyOf(sealed, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
    }

    @Test
    void equalRecordsAreNotEqualWhenTheyAreSealed() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            all.add(new String(sealed(), StandardCharsets.ISO_8859_1));
        }
        assertThat(all).hasSize(1000);
    }
}
