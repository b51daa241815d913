/**
 * Asynchronous front, batching file appender, keysets, and what every Inkfast appender shares.
 *
 * @since 0.1.0
 */
@org.jspecify.annotations.NullMarked
module io.inkfast.core {
    requires transitive ch.qos.logback.classic;
    requires transitive ch.qos.logback.core;
    requires org.slf4j;
    requires java.xml;
    requires static java.management;
    requires static transitive org.jspecify;
    requires static logstash.logback.encoder;
    requires static tools.jackson.core;
    requires static com.google.crypto.tink;

    exports io.inkfast.async;
    exports io.inkfast.component;
    exports io.inkfast.encrypt;
    exports io.inkfast.file;
    exports io.inkfast.keys;
    exports io.inkfast.internal to
            io.inkfast.masking,
            io.inkfast.crashsafe,
            io.inkfast.network,
            io.inkfast.cli;
}
