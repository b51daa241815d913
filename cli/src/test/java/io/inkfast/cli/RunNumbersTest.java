package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RunNumbersTest {

    private final RunNumbers numbers = new RunNumbers();

    private List<String> gaps(long from) {
        List<String> gaps = new ArrayList<>();
        numbers.gaps(from, (first, last) -> gaps.add(first + "-" + last));
        return gaps;
    }

    private void add(long... several) {
        for (long each : several) {
            numbers.add(each);
        }
    }

    @Test
    void inOrderAreOneRange() {
        add(1, 2, 3, 4);
        assertThat(gaps(1)).isEmpty();
        assertThat(numbers.events()).isEqualTo(4);
        assertThat(numbers.lowest()).isEqualTo(1);
        assertThat(numbers.highest()).isEqualTo(4);
        assertThat(numbers.late()).isZero();
        assertThat(numbers.duplicates()).isZero();
    }

    @Test
    void whatIsMissingIsAGap() {
        add(3, 4, 7, 9, 10, 11);
        assertThat(gaps(1)).containsExactly("1-2", "5-6", "8-8");
        assertThat(gaps(3)).containsExactly("5-6", "8-8");
        assertThat(numbers.events()).isEqualTo(6);
    }

    @Test
    void oneThatIsThereTwiceIsCountedOnce() {
        add(1, 2, 2, 3, 1, 3, 3);
        assertThat(gaps(1)).isEmpty();
        assertThat(numbers.events()).isEqualTo(3);
        assertThat(numbers.duplicates()).isEqualTo(4);
        assertThat(numbers.late()).isEqualTo(1);
    }

    @Test
    void askingChangesNothing() {
        add(5, 1);
        assertThat(numbers.events()).isEqualTo(2);
        add(2, 6, 4);
        assertThat(numbers.events()).isEqualTo(5);
        add(3, 6);
        assertThat(gaps(1)).isEmpty();
        assertThat(numbers.events()).isEqualTo(6);
        assertThat(numbers.duplicates()).isEqualTo(1);
        assertThat(numbers.late()).isEqualTo(4);
    }

    @Test
    void theLargestNumberHasNoNext() {
        add(Long.MAX_VALUE, 1, Long.MAX_VALUE, Long.MAX_VALUE - 1);
        assertThat(numbers.events()).isEqualTo(3);
        assertThat(gaps(1)).containsExactly("2-" + (Long.MAX_VALUE - 2));
        assertThat(numbers.duplicates()).isEqualTo(1);
    }

    @Test
    void agreesWithAListInEveryOrder() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            RunNumbers those = new RunNumbers();
            BitSet seen = new BitSet();
            int lines = random.nextInt(200);
            long late = 0;
            int highest = 0;
            for (int i = 0; i < lines; i++) {
                int number = 1 + Math.max(0, i + random.nextInt(9) - 4 - random.nextInt(1 + round % 40));
                late += number < highest ? 1 : 0;
                highest = Math.max(highest, number);
                seen.set(number);
                those.add(number);
                if (random.nextInt(50) == 0) {
                    those.events();
                }
            }
            assertThat(those.events()).isEqualTo(seen.cardinality());
            assertThat(those.duplicates()).isEqualTo(lines - seen.cardinality());
            assertThat(those.late()).isEqualTo(late);
            if (lines > 0) {
                BitSet missing = new BitSet();
                those.gaps(1, (first, last) -> missing.set(first.intValue(), last.intValue() + 1));
                assertThat(missing.intersects(seen)).isFalse();
                assertThat(missing.cardinality() + seen.cardinality()).isEqualTo(highest);
            }
        }
    }

    @Test
    void tenMillionInAnOrderThatIsAllChance() {
        int count = 10_000_000;
        int[] all = new int[count];
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            all[i] = all[other];
            all[other] = i + 1;
        }
        long before = used();
        long most = 0;
        for (int i = 0; i < count; i++) {
            if (all[i] != 4711 && all[i] % 1_000_000 != 17) {
                numbers.add(all[i]);
            }
            if (i % 2_000_000 == 1_000_000) {
                most = Math.max(most, used() - before);
            }
        }
        assertThat(numbers.events()).isEqualTo(count - 11);
        assertThat(gaps(1)).hasSize(11).contains("17-17", "4711-4711", "9000017-9000017");
        // Half-way there are most holes, a quarter as many as numbers, with two numbers of eight bytes for each.
        assertThat(most).isLessThan(100L << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
