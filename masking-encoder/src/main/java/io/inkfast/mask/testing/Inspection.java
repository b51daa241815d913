package io.inkfast.mask.testing;

import io.inkfast.mask.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/*
 * A line that begins like an object of JSON is an event by itself; other lines that follow each other may belong together,
 * as those of a private key do. What was found is where the redacted output differs from the output.
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
        return redaction.forOutput();
    }

    /** One description for each value found, in order, without the value. */
    List<String> findings(String output) {
        List<String> findings = new ArrayList<>();
        List<String> lines = List.of(output.split("\\R", -1));
        int from = 0;
        for (int at = 0; at < lines.size(); at++) {
            boolean last = at + 1 == lines.size();
            if (last || lines.get(at).startsWith("{") || lines.get(at + 1).startsWith("{")) {
                inspect(String.join("\n", lines.subList(from, at + 1)), from + 1, findings);
                from = at + 1;
            }
        }
        return findings;
    }

    private void inspect(String block, int line, List<String> findings) {
        String safe = all.apply(block);
        if (safe.equals(block)) {
            return;
        }
        for (Finding found : Finding.between(block, safe)) {
            findings.add("line " + (line + found.line()) + ", " + found.place() + ": " + type(block, found));
        }
    }

    private String type(String block, Finding found) {
        for (Map.Entry<String, UnaryOperator<String>> profile : each.entrySet()) {
            UnaryOperator<String> redactor = profile.getValue();
            boolean responsible =
                    Finding.between(block, redactor.apply(block)).stream().anyMatch(other -> other.meets(found));
            if (responsible) {
                boolean shape = !redactor.apply(found.value()).equals(found.value());
                return noun(profile.getKey()) + (shape ? ", known by its form" : ", known by its name");
            }
        }
        return "value that the profiles mask together";
    }

    private static String noun(String profile) {
        return switch (profile) {
            case "secrets" -> "secret";
            case "pci" -> "card data";
            case "gdpr" -> "personal data";
            case "hipaa" -> "health data";
            default -> "data of profile " + profile;
        };
    }
}
