/**
 * The {@code inkfast} command: keysets, and what only they can open; events that processes have left.
 *
 * @since 0.1.0
 */
@org.jspecify.annotations.NullMarked
module io.inkfast.cli {
    requires io.inkfast.core;
    requires io.inkfast.crashsafe;
    requires io.inkfast.masking;
    requires io.inkfast.network;
    requires info.picocli;
    requires tools.jackson.core;
    requires java.xml;
    requires org.slf4j;
    requires static lettuce.core;
    requires com.google.crypto.tink;
    // For Tink, which has no descriptor to say so.
    requires com.google.gson;
    requires static org.jspecify;

    opens io.inkfast.cli to
            info.picocli;
}
