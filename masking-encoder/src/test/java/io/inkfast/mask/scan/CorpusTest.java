package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CorpusTest {

    record Case(String kind, List<String> hidden, List<String> kept, String text) {}

    private final TextScanner scanner = Rules.of(Profile.SECRETS, Profile.PCI).newScanner();

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = CorpusTest.class.getResourceAsStream("/io/inkfast/mask/corpus.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            for (int i = 0; i + 1 < lines.size(); i += 2) {
                String[] head = lines.get(i).split(" \\| ", -1);
                cases.add(new Case(head[0], words(head[1]), words(head[2]), unescape(lines.get(i + 1))));
            }
        }
        return cases;
    }

    @Test
    void keepsBackWhatItMustAndLeavesTheRest() throws IOException {
        Map<String, int[]> score = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Case one : cases()) {
            String result = scanner.redact(one.text());
            boolean good = one.kept().equals(List.of("*"))
                    ? result.equals(one.text())
                    : one.kept().stream().allMatch(result::contains);
            good &= one.hidden().stream().noneMatch(result::contains);
            int[] counts = score.computeIfAbsent(one.kind(), kind -> new int[2]);
            counts[good ? 0 : 1]++;
            if (!good) {
                wrong.add(one.kind() + ": " + one.text() + "\n      -> " + result);
            }
        }
        assertThat(score.values().stream().mapToInt(c -> c[0] + c[1]).sum()).isGreaterThanOrEqualTo(150);
        assertThat(wrong).as("wrong").isEmpty();
    }

    @Test
    void isIdempotent() throws IOException {
        for (Case one : cases()) {
            String once = scanner.redact(one.text());
            assertThat(scanner.redact(once)).isEqualTo(once);
        }
    }

    private static List<String> words(String text) {
        return text.equals("-")
                ? List.of()
                : List.of(text.trim().replace("\\\\", "\\").split("¦", -1));
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                out.append(next == 'n' ? '\n' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
