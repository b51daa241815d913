package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private final List<String> seen = new ArrayList<>();
    private final Lines lines = new Lines((bytes, from, length) -> seen.add(new String(bytes, from, length, UTF_8)));

    @Test
    void areTheSameHoweverTheyCome() {
        byte[] text = "one\ntwo\r\n\n\r\nthr\ree\nfour".getBytes(UTF_8);
        for (int size = 1; size <= text.length; size++) {
            seen.clear();
            for (int at = 0; at < text.length; at += size) {
                lines.write(text, at, Math.min(size, text.length - at));
            }
            assertThat(seen).containsExactly("one", "two", "thr\ree");
            lines.end();
            assertThat(seen).containsExactly("one", "two", "thr\ree", "four");
            lines.end();
            assertThat(seen).hasSize(4);
        }
    }

    @Test
    void oneThatIsTooLongIsCutOff() {
        byte[] piece = "x".repeat(1 << 20).getBytes(UTF_8);
        List<Integer> lengths = new ArrayList<>();
        Lines counted = new Lines((bytes, from, length) -> lengths.add(length));
        for (int i = 0; i < 70; i++) {
            counted.write(piece, 0, piece.length);
        }
        counted.write('\n');
        counted.write('y');
        counted.end();
        assertThat(lengths).containsExactly(Lines.LONGEST, 1);
    }
}
