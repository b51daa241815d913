package io.inkfast.mask;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the corpus; its format is described in docs/corpus.md. */
final class Corpus {

    /** Folders and their files: what the detectors were built on, and what was written apart from it, to test them. */
    private static final Map<String, List<String>> AREAS = Map.of(
            "corpus",
            List.of(
                    "names",
                    "tokens",
                    "connections",
                    "cards",
                    "formats",
                    "channels",
                    "gdpr",
                    "hipaa",
                    "lookalikes",
                    "injection"),
            "heldout",
            List.of("bank", "hospital", "saas", "lookalikes", "injection"));

    private static final Pattern CODE_POINT = Pattern.compile("<U\\+([0-9A-F]{4,6})>");

    private Corpus() {}

    static List<CorpusCase> cases() {
        return cases("corpus");
    }

    static List<CorpusCase> cases(String folder) {
        Map<String, CorpusCase> cases = new LinkedHashMap<>();
        for (String area : AREAS.getOrDefault(folder, List.of())) {
            for (List<String> block : blocks(folder + "/" + area + ".txt")) {
                CorpusCase one = parse(block);
                if (cases.put(one.id(), one) != null) {
                    throw new IllegalStateException("the id " + one.id() + " is used twice");
                }
            }
        }
        return List.copyOf(cases.values());
    }

    private static List<List<String>> blocks(String file) {
        List<List<String>> blocks = new ArrayList<>();
        for (String line : read(file).lines().toList()) {
            if (line.startsWith(": ")) {
                blocks.add(new ArrayList<>());
            }
            if (!line.isEmpty() && !line.startsWith("#")) {
                blocks.get(blocks.size() - 1).add(line);
            }
        }
        return blocks;
    }

    private static String read(String file) {
        try (InputStream in = Corpus.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusCase parse(List<String> block) {
        String[] head = block.get(0).substring(2).split(" ", -1);
        String message = "done";
        boolean untouched = false;
        List<CorpusCase.Item> items = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        List<String> bare = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (String line : block.subList(1, block.size())) {
            String text = line.length() < 2 ? "" : line.substring(2);
            switch (line.charAt(0)) {
                case '>' -> message = decoded(text);
                case '@' -> items.add(item(text));
                case '-' -> hidden.add(decoded(text));
                case '~' -> bare.add(decoded(text));
                case '+' -> kept.add(decoded(text));
                case '=' -> untouched = true;
                default -> throw new IllegalStateException(head[0] + ": " + line);
            }
        }
        if (head.length != 4 || (hidden.isEmpty() && bare.isEmpty() && kept.isEmpty() && !untouched)) {
            throw new IllegalStateException(head[0] + " expects nothing");
        }
        return new CorpusCase(head[0], head[1], head[2], head[3], message, items, hidden, bare, kept, untouched);
    }

    private static CorpusCase.Item item(String text) {
        String[] parts = text.split(" ", 3);
        return new CorpusCase.Item(decoded(parts[0]), parts[1], decoded(parts[2]));
    }

    private static String decoded(String text) {
        Matcher codes = CODE_POINT.matcher(text.replace("§", "").replace('⏎', '\n'));
        // Each as it is, since a half surrogate is a code point too.
        return codes.replaceAll(code ->
                Matcher.quoteReplacement(new String(new int[] {Integer.parseInt(code.group(1), 16)}, 0, 1)));
    }
}
