/**
 * Delivery over networks, and its protocols.
 *
 * @since 0.1.0
 */
@org.jspecify.annotations.NullMarked
module io.inkfast.network {
    requires transitive io.inkfast.core;
    requires static transitive org.jspecify;
    requires java.net.http;
    requires tools.jackson.core;
    requires static kafka.clients;
    requires static lettuce.core;

    exports io.inkfast.net.elastic;
    exports io.inkfast.net.http;
    exports io.inkfast.net.kafka;
    exports io.inkfast.net.lumberjack;
    exports io.inkfast.net.redis;
    exports io.inkfast.net.syslog;
    exports io.inkfast.net.tcp;
    exports io.inkfast.net.udp;
    exports io.inkfast.net;
}
