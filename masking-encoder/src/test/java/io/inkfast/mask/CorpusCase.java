package io.inkfast.mask;

import java.util.List;

/**
 * One case of the corpus: what is logged, and what must and must not be seen of it.
 *
 * @param kind plain, awkward, exotic, lookalike-plain, lookalike-awkward or injection
 * @param profile secrets (with pci), gdpr or hipaa (each with both)
 * @param channel the part of the event that carries {@code items}
 * @param message what is logged as the message or template
 * @param hidden what must not appear
 * @param hiddenBare what must not appear even if everything but letters and digits is taken away
 * @param kept what must survive
 * @param untouched whether the event must be written as Logback's own encoder writes it
 */
record CorpusCase(
        String id,
        String kind,
        String profile,
        String channel,
        String message,
        List<Item> items,
        List<String> hidden,
        List<String> hiddenBare,
        List<String> kept,
        boolean untouched) {

    /** A named value of a type, as written in the file. */
    record Item(String name, String type, String text) {}

    boolean isInjection() {
        return kind.equals("injection");
    }

    /** Every text in it that an application would have put there. */
    List<String> texts() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(message), items.stream().map(Item::text))
                .toList();
    }
}
