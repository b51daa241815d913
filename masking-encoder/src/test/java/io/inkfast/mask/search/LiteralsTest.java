package io.inkfast.mask.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.mask.scan.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiteralsTest {

    private static final class Counting implements Search.Hits {
        long work;

        @Override
        public void hit(int start, int end, int type) {}

        @Override
        public void work(int characters) {
            work += characters;
        }

        @Override
        public void withhold() {}
    }

    private final Counting counting = new Counting();

    private List<String> found(Literals literals, String text) {
        List<String> found = new ArrayList<>();
        literals.find(text.toCharArray(), text.length(), counting, (id, start, end) -> found.add(id + "@" + start));
        return found;
    }

    @Test
    void findsLiteralsInsideAndAcrossEachOther() {
        Literals literals = Literals.of(List.of("ushers", "hers", "she", "he"), false, 1 << 20);
        assertThat(found(literals, "ushers")).containsExactlyInAnyOrder("0@0", "1@2", "2@1", "3@2");
    }

    @Test
    void ignoresTheCaseOnlyWhenTold() {
        assertThat(found(Literals.of(List.of("EMP-"), true, 1 << 20), "emp-1 EmP-2"))
                .containsExactly("0@0", "0@6");
        assertThat(found(Literals.of(List.of("EMP-"), false, 1 << 20), "emp-1 EMP-2"))
                .containsExactly("0@6");
    }

    @Test
    void findsWhatAPlainSearchFindsWhateverTheDepth() {
        Random random = new Random(7);
        List<String> texts = IntStream.range(0, 300)
                .mapToObj(i -> word(random, 4 + random.nextInt(9)))
                .distinct()
                .toList();
        String text = word(random, 20_000) + "\u00e4\ud83d\ude00" + word(random, 1_000);
        List<String> expected = new ArrayList<>();
        for (int id = 0; id < texts.size(); id++) {
            for (int at = text.indexOf(texts.get(id)); at >= 0; at = text.indexOf(texts.get(id), at + 1)) {
                expected.add(id + "@" + at);
            }
        }
        assertThat(expected).hasSizeGreaterThan(100);
        for (int bytes : new int[] {1 << 20, 12_000, 6_000, 4_000}) {
            Literals literals = Literals.of(texts, false, bytes);
            assertThat(literals).isNotNull();
            assertThat(found(literals, text)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void saysWhenThereIsNoRoom() {
        Random random = new Random(7);
        assertThat(Literals.of(List.of(word(random, 40), word(random, 40)), false, 40))
                .isNull();
    }

    @Test
    void looksAtEachCharacterOnceAndALittleMoreAtLiterals() {
        Literals literals = Literals.of(List.of("EMP-"), true, 1 << 20);
        String text = "EMP-12 x ".repeat(100_000);
        assertThat(found(literals, text)).hasSize(100_000);
        assertThat(counting.work).isEqualTo(text.length() + 100_000);
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(4)));
        }
        return word.toString();
    }
}
