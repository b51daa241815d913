/**
 * Journal, write-ahead appender, flight recorder, recovery.
 *
 * @since 0.1.0
 */
@org.jspecify.annotations.NullMarked
module io.inkfast.crashsafe {
    requires transitive io.inkfast.masking;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports io.inkfast.journal to
            io.inkfast.cli;
    exports io.inkfast.recorder;
    exports io.inkfast.recovery;
    exports io.inkfast.wal;
}
