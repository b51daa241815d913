package io.inkfast.samples.quickstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads the log back and notes what is wrong with it. Lines of earlier runs are passed over. */
final class Proof {

    /** Says what is wrong with one line of this run, or null. */
    interface Check {
        @Nullable
        String complaint(JsonNode line);
    }

    private static final int MOST_PROBLEMS = 10;

    /* Card numbers, passwords and tokens that the shop logs; none may be in the file. */
    private static final Pattern SECRETS =
            Pattern.compile("4111 1111 1111 1111|5555555555554444|378282246310005|Hunter2-|s3cr3t-pass|tok-5f2b8c1d9e");

    private final ObjectMapper json = new ObjectMapper();
    private final String run;
    private final List<String> problems = new ArrayList<>();
    private long lines;

    Proof(String run) {
        this.run = run;
    }

    List<String> problems() {
        return problems;
    }

    /** How many lines of this run were found. */
    long lines() {
        return lines;
    }

    void read(Pipe pipe, Check check) throws IOException, InterruptedException {
        pipe.read(line -> take(line, check));
    }

    void problem(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    private void take(String line, Check check) {
        JsonNode node;
        try {
            node = json.readTree(line);
        } catch (JacksonException e) {
            problem("not JSON: " + line);
            return;
        }
        if (!node.path("run").asString("").equals(run)) {
            return;
        }
        lines++;
        String complaint = check.complaint(node);
        if (complaint != null) {
            problem(complaint);
        }
    }

    /** The shop's lines: per thread the orders are in order, and no secret is readable. */
    static Check ofShop() {
        Map<String, Long> last = new HashMap<>();
        return line -> {
            String thread = line.path("thread_name").asString("");
            long order = Long.parseLong(line.path("order").asString("-1"));
            Long before = last.put(thread, order);
            if (before != null && before > order) {
                return thread + ": order " + order + " after " + before;
            }
            return SECRETS.matcher(line.toString()).find() ? "readable secret: " + line : null;
        };
    }
}
