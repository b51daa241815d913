package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {

    record Case(String kind, List<String> hidden, List<String> kept, String text) {}

    private final TextScanner scanner = Rules.of(Profile.SECRETS, Profile.PCI).newScanner();
    private final TextScanner all = Rules.of(Profile.values()).newScanner();

    static List<Case> cases(String file) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = CorpusTest.class.getResourceAsStream("/io/inkfast/mask/" + file)) {
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
        check(scanner, cases("corpus.txt"), 150);
    }

    @Test
    void keepsPersonalDataBackAndLeavesTheRest() throws IOException {
        check(all, cases("persons.txt"), 100);
    }

    private static void check(TextScanner scanner, List<Case> cases, int least) {
        List<String> wrong = new ArrayList<>();
        for (Case one : cases) {
            String result = scanner.redact(one.text());
            boolean good = one.kept().equals(List.of("*"))
                    ? result.equals(one.text())
                    : one.kept().stream().allMatch(result::contains);
            good &= one.hidden().stream().noneMatch(result::contains);
            if (!good) {
                wrong.add(one.kind() + ": " + one.text() + "\n      -> " + result);
            }
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
        assertThat(wrong).as("wrong").isEmpty();
    }

    @Test
    void isIdempotent() throws IOException {
        for (String file : List.of("corpus.txt", "persons.txt")) {
            for (Case one : cases(file)) {
                for (TextScanner each : List.of(scanner, all)) {
                    String once = each.redact(one.text());
                    assertThat(each.redact(once)).isEqualTo(once);
                }
            }
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
