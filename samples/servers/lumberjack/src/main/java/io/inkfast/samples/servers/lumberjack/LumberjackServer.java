package io.inkfast.samples.servers.lumberjack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.component.lumberjack.LumberjackComponent;
import org.apache.camel.main.Main;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Apache Camel as a peer that speaks Lumberjack: port, file, and for TLS a PKCS 12 file and its password. It acknowledges a
 * window when the route is done with its last event, and each event is in the file, as a line, before the route goes on: what
 * is acknowledged survives a kill. Killed when done with.
 */
public final class LumberjackServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LumberjackServer() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws Exception {
        try (OutputStream file = new FileOutputStream(arguments[1], true)) {
            Main camel = new Main();
            camel.configure().addLambdaRouteBuilder(routes -> {
                if (arguments.length > 2) {
                    secure(routes.getContext(), arguments[2], arguments[3]);
                }
                routes.from("lumberjack:127.0.0.1:" + arguments[0])
                        .process(exchange -> write(exchange.getMessage().getBody(), file));
            });
            camel.run();
        }
    }

    /* There may be several connections, each with a thread of its own. */
    private static synchronized void write(Object event, OutputStream file) throws IOException {
        file.write((JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void secure(CamelContext context, String file, String password) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setType("PKCS12");
        store.setResource("file:" + file);
        store.setPassword(password);
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword(password);
        SSLContextParameters tls = new SSLContextParameters();
        tls.setKeyManagers(keys);
        context.getComponent("lumberjack", LumberjackComponent.class).setSslContextParameters(tls);
    }
}
