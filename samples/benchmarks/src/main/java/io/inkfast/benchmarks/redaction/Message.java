package io.inkfast.benchmarks.redaction;

import io.inkfast.benchmarks.pipe.Customer;
import java.util.Locale;

/** Messages of 120 characters, all of them different. */
public enum Message {
    /** Words only. */
    PROSE {
        @Override
        String text(int n) {
            return "The %s carrier has taken the parcel from the %s hall to the %s gate and"
                    .formatted(word(n), word(n / 16), word(n / 256));
        }
    },
    /** What applications write: three numbers, two pairs. */
    APPLICATION {
        @Override
        String text(int n) {
            return "Handled batch %d of 9000 in %d ms, state=done worker=%s, and".formatted(n, 20 + n % 700, word(n));
        }
    },
    /** A line of a web server's access log. */
    WEB_SERVER {
        @Override
        String text(int n) {
            return "10.0.%d.17 - - [25/Nov/2026:10:15:32 +0000] \"GET /shop/items/%d?page=2 HTTP/1.1\" 200 %d \"-\" \"curl/8.5.0\""
                    .formatted(n % 200, n, 500 + n);
        }
    },
    /** Timestamps and addresses. */
    ADDRESSES {
        @Override
        String text(int n) {
            return "2026-11-25T10:15:32.123Z 10.0.3.%d:8443 answered 192.168.7.20:%d, asked 2026-11-25 10:15:31,998"
                    .formatted(n % 200, 20_000 + n);
        }
    },
    /** As {@link #APPLICATION}, with a card number. */
    HIT {
        @Override
        String text(int n) {
            return "Handled batch %d of 9000 in %d ms, state=done card=%s, and"
                    .formatted(n, 20 + n % 700, Customer.of(n).card());
        }
    };

    private static final int LENGTH = 120;
    private static final String REST =
            " then went on with the rest of the work of that day, which was neither more nor less than on any other";
    private static final String[] WORDS = {
        "north", "south", "upper", "lower", "inner", "outer", "first", "other", "green", "white", "black", "brown",
        "small", "large", "quiet", "early"
    };

    abstract String text(int n);

    /** The n-th message. */
    public String of(int n) {
        return (text(n) + REST).substring(0, LENGTH);
    }

    /** The name of its figures. */
    public String figure() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String word(int n) {
        return WORDS[n % WORDS.length];
    }
}
