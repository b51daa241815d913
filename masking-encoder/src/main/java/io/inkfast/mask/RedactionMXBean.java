package io.inkfast.mask;

import java.util.List;
import java.util.Map;

/**
 * The management view of a redaction: {@code io.inkfast:type=Redaction,context=...,name=...}, where the name is that of the
 * appender. Types and numbers, never a value.
 *
 * @since 0.1.0
 */
public interface RedactionMXBean {

    /** Whether nothing is masked and everything only counted. */
    boolean isReporting();

    /** For each type, the events in which it was found. */
    Map<String, Long> getFindings();

    /** Texts that were withheld because they could not be examined. */
    long getWithheldTexts();

    /** Events that were withheld because they could not be redacted. */
    long getWithheldEvents();

    /** In report mode the statements that leak most, up to 100, the worst first; else nothing. */
    List<LeakingStatement> getTopStatements();
}
