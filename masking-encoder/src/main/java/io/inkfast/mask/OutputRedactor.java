package io.inkfast.mask;

import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Applies a policy to what an application has written: to an object of JSON as the encoder does, to all else as to a text. */
final class OutputRedactor implements UnaryOperator<String> {

    private static final JsonMapper JSON = new JsonMapper();

    private final Redactor redactor;

    OutputRedactor(Policy policy) {
        this.redactor = new Redactor(policy);
    }

    @Override
    public String apply(String output) {
        redactor.begin();
        if (output.startsWith("{")) {
            RedactedJson json = RedactedJson.of(output, redactor);
            if (json.valid()) {
                return json.redacted() == null ? output : JSON.writeValueAsString(json.redacted());
            }
        }
        return redactor.text(output);
    }
}
