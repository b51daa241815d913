package io.inkfast.mask;

import java.util.List;
import java.util.Random;

/** Texts put together from pieces of the corpus, whole or cut anywhere; the same ones for the same seed. */
final class TextMix {

    private static final String[] GLUE = {
        "", " ", ", ", "=", ": ", "\"", "\\\"", "&", "\n", "}", "{", "****", "%3D", "'", "]"
    };

    private final Random random;
    private final List<String> pieces =
            Corpus.cases().stream().flatMap(one -> one.texts().stream()).toList();

    TextMix(Random random) {
        this.random = random;
    }

    String next() {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            text.append(piece()).append(GLUE[random.nextInt(GLUE.length)]);
        }
        return text.toString();
    }

    private String piece() {
        String whole = pieces.get(random.nextInt(pieces.size()));
        if (whole.isEmpty() || random.nextInt(3) == 0) {
            return whole;
        }
        int start = random.nextInt(whole.length());
        return whole.substring(start, start + random.nextInt(whole.length() - start + 1));
    }
}
