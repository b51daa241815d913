package io.inkfast.benchmarks.redaction;

import java.util.List;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;

/** LogstashEncoder's own masking as it is usually set up: three fields by name, three patterns for any value. */
public final class UsualMasks extends MaskingJsonGeneratorDecorator {

    static final String MASK = "****";

    /** E-mail address, card number, bearer token. */
    static final List<String> VALUES = List.of(
            "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}",
            "\\b(?:\\d[ -]?){13,16}\\b", "Bearer\\s+[A-Za-z0-9._~+/=-]+");

    private static final List<String> PATHS = List.of("password", "ssn", "creditCard");

    /** Called by Logback. */
    public UsualMasks() {
        setDefaultMask(MASK);
        PATHS.forEach(this::addPath);
        VALUES.forEach(this::addValue);
    }
}
