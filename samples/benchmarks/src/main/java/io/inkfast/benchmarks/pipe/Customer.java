package io.inkfast.benchmarks.pipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** What {@link Workload#WM} has to hide: made up, well-formed, nobody's. */
public record Customer(String email, String card, String token, String password, String ssn) {

    private static final String TOKEN_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int TOKEN_LENGTH = 32;
    private static final List<Customer> ALL =
            IntStream.range(0, 64).mapToObj(Customer::make).toList();

    /** The customer of that event. */
    public static Customer of(long sequence) {
        return ALL.get((int) (sequence % ALL.size()));
    }

    /** What must not be seen, by its kind. */
    public Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("e-mail", email);
        secrets.put("card", card);
        secrets.put("token", token);
        secrets.put("password", password);
        secrets.put("ssn", ssn);
        return secrets;
    }

    private static Customer make(int n) {
        Random random = new Random(n);
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            token.append(TOKEN_CHARACTERS.charAt(random.nextInt(TOKEN_CHARACTERS.length())));
        }
        return new Customer(
                "mary.miller" + n + "@example.com",
                checked("401288880000" + (100 + n)),
                token.toString(),
                "blue-Otter-" + (7000 + n),
                (200 + n) + "-41-" + (6001 + n));
    }

    /* With the check digit of card numbers behind it. */
    private static String checked(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit * 2 : digit;
            sum += weighted / 10 + weighted % 10;
        }
        return digits + (10 - sum % 10) % 10;
    }
}
