package io.inkfast.net.elastic;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.inkfast.net.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Answers bulk requests as it is told to; notes what it accepted. */
final class ScriptedServer implements AutoCloseable {

    /** What it does with a request that has these documents. */
    interface Behaviour {
        int status(Headers headers, List<String> documents) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> documents = Collections.synchronizedList(new ArrayList<>());
    private final List<String> actions = Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour behaviour = (headers, lines) -> 200;
    private volatile Headers lastHeaders = new Headers();

    ScriptedServer() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** With TLS, on that port. */
    static ScriptedServer tls(int port, Path keys) throws Exception {
        char[] password = Certificates.PASSWORD.toCharArray();
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(KeyStore.getInstance(keys.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        HttpsServer made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(context));
        return new ScriptedServer(made);
    }

    private ScriptedServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    List<String> documents() {
        return List.copyOf(documents);
    }

    List<String> actions() {
        return List.copyOf(actions);
    }

    Headers lastHeaders() {
        return lastHeaders;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            String[] lines = new String(body.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            List<String> got = new ArrayList<>();
            for (int i = 1; i < lines.length; i += 2) {
                got.add(lines[i]);
            }
            lastHeaders = exchange.getRequestHeaders();
            int status = behaviour.status(exchange.getRequestHeaders(), got);
            StringBuilder items = new StringBuilder();
            if (status == 200) {
                documents.addAll(got);
                for (int i = 0; i < lines.length; i += 2) {
                    actions.add(lines[i]);
                    items.append(items.isEmpty() ? "" : ",").append("{\"create\":{\"status\":201}}");
                }
            }
            byte[] answer = ("{\"items\":[" + items + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
