package io.inkfast.mask.testing;

import io.inkfast.mask.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/*
 * A line that begins like a JSON object is an event by itself and is looked at alone; other lines that follow each other
 * may belong together, as those of a private key do. What was found is where the redacted text differs from the text.
 */
/** Looks for what the given profiles would mask, and says where it is and of which type. One thread. */
final class Inspection {

    private final UnaryOperator<String> all;
    private final Map<String, UnaryOperator<String>> each = new LinkedHashMap<>();

    Inspection(List<String> profiles) {
        all = redactor(profiles);
        profiles.forEach(profile -> each.put(profile, redactor(List.of(profile))));
    }

    private static UnaryOperator<String> redactor(List<String> profiles) {
        Redaction redaction = new Redaction();
        profiles.forEach(redaction::addProfile);
        return redaction.forText();
    }

    /** One description for each value found, in order, without the value. */
    List<String> findings(String output) {
        List<String> findings = new ArrayList<>();
        String[] lines = output.split("\\R", -1);
        int from = 0;
        for (int at = 0; at < lines.length; at++) {
            boolean last = at + 1 == lines.length;
            if (last || object(lines[at]) || object(lines[at + 1])) {
                inspect(String.join("\n", List.of(lines).subList(from, at + 1)), from + 1, findings);
                from = at + 1;
            }
        }
        return findings;
    }

    private static boolean object(String line) {
        return line.startsWith("{");
    }

    private void inspect(String text, int line, List<String> findings) {
        String safe = all.apply(text);
        for (Difference found : Difference.between(text, safe)) {
            if (text.startsWith(Difference.MASK, found.start())) {
                continue; // masked already; only its end is not as clear as it was before JSON escaped the text
            }
            String before = text.substring(0, found.start());
            int breaks = (int) before.chars().filter(c -> c == '\n').count();
            int column = found.start() - before.lastIndexOf('\n');
            findings.add("line " + (line + breaks) + ", column " + column + ": " + type(text, found));
        }
    }

    private String type(String text, Difference found) {
        String value = text.substring(found.start(), found.end());
        for (Map.Entry<String, UnaryOperator<String>> profile : each.entrySet()) {
            UnaryOperator<String> redactor = profile.getValue();
            boolean responsible = Difference.between(text, redactor.apply(text)).stream().anyMatch(found::overlaps);
            if (responsible) {
                return noun(profile.getKey())
                        + (redactor.apply(value).equals(value) ? ", known by its name" : ", known by its form");
            }
        }
        return "value that several profiles mask together";
    }

    private static String noun(String profile) {
        return switch (profile) {
            case "secrets" -> "secret";
            case "pci" -> "card data";
            default -> "data of profile " + profile;
        };
    }
}
