package io.inkfast.net;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** An HTTP server that answers as it is told to; notes what it was asked, and what it said. */
public final class AnsweringServer implements AutoCloseable {

    /** What it was asked; the body as it was before compression. */
    public record Request(String method, String path, Headers headers, String body) {

        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        /** The lines of the body. */
        public List<String> lines() {
            return body.lines().toList();
        }
    }

    /** What it says; a header as {@code Name: value}. */
    public record Reply(int status, String body, String... headers) {}

    /** What it says to what. */
    @FunctionalInterface
    public interface Behaviour {
        Reply reply(Request request) throws Exception;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Request> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> said = Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour behaviour;

    /** On any port. */
    public AnsweringServer(Behaviour behaviour) throws IOException {
        this(0, behaviour);
    }

    public AnsweringServer(int port, Behaviour behaviour) throws IOException {
        this(HttpServer.create(at(port), 0), behaviour);
    }

    /** With TLS. */
    public static AnsweringServer tls(int port, Path keys, Behaviour behaviour) throws Exception {
        HttpsServer made = HttpsServer.create(at(port), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(Certificates.context(keys, null)));
        return new AnsweringServer(made, behaviour);
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private AnsweringServer(HttpServer server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** All requests. */
    public List<Request> asked() {
        return List.copyOf(asked);
    }

    /** The requests that were answered with a status below 300. */
    public List<Request> taken() {
        return List.copyOf(taken);
    }

    /** All statuses. */
    public List<Integer> said() {
        return List.copyOf(said);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Reply reply = behaviour.reply(request);
            if (reply.status() < 300) {
                taken.add(request);
            }
            said.add(reply.status());
            for (String header : reply.headers()) {
                String[] parts = header.split(": ", 2);
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
