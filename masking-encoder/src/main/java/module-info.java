/**
 * Redaction engine; JSON encoder that redacts; what opens its tokens again.
 *
 * @since 0.1.0
 */
@org.jspecify.annotations.NullMarked
module io.inkfast.masking {
    requires transitive io.inkfast.core;
    requires static transitive org.jspecify;
    requires transitive logstash.logback.encoder;
    requires static re2j;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports io.inkfast.mask;
    exports io.inkfast.mask.testing;

    uses io.inkfast.mask.Detector;
}
