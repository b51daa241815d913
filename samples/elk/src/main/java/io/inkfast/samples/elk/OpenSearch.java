package io.inkfast.samples.elk;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A real OpenSearch, in a process of its own; it keeps its data when it is killed and started again. One thread. */
public final class OpenSearch implements AutoCloseable {

    private static final String MAIN = "io.inkfast.samples.servers.opensearch.OpenSearchServer";
    private static final String READY = "OpenSearch is ready";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path directory;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private @Nullable Process process;

    /** @param directory for its data */
    public OpenSearch(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** Where it answers. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns when it answers; settings as {@code name=value}. */
    public void start(String... settings) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("inkfast.opensearch"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                home.resolve("classes") + File.pathSeparator + Files.readString(home.resolve("classpath.txt")),
                MAIN,
                directory.toString(),
                Integer.toString(port)));
        command.addAll(List.of(settings));
        Files.createDirectories(directory);
        Path output = directory.resolve("output.txt");
        Files.writeString(output, "");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process = started;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Files.readString(output).contains(READY)) {
            if (started.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException("OpenSearch did not start: " + Files.readString(output));
            }
        }
    }

    /** With signal 9: it finishes nothing. */
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /** The answer's body; an answer of 300 or above is an exception. */
    public JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        return body(method, path, send(method, path, body));
    }

    /* An index that was made just now answers 503 to a search until its first shard has started. */
    private JsonNode search(String path, String body) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        HttpResponse<String> response = send("POST", path, body);
        while (response.statusCode() == 503 && System.nanoTime() < deadline) {
            Thread.sleep(50);
            response = send("POST", path, body);
        }
        return body("POST", path, response);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode body(String method, String path, HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return json.readTree(response.body());
    }

    /** How many documents the indices have that match this pattern. */
    public long count(String indices) throws IOException, InterruptedException {
        ask("POST", "/" + indices + "/_refresh", "");
        return search("/" + indices + "/_count", "").path("count").asLong(-1);
    }

    /** How many of these are of a logger. */
    public long countOf(String indices, String logger) throws IOException, InterruptedException {
        ask("POST", "/" + indices + "/_refresh", "");
        return search("/" + indices + "/_count", "{\"query\":" + of(logger) + "}")
                .path("count")
                .asLong(-1);
    }

    /** How many different messages a logger has. */
    public long distinct(String indices, String logger) throws IOException, InterruptedException {
        String body = "{\"size\":0,\"query\":" + of(logger) + ",\"aggs\":{\"n\":{\"cardinality\":"
                + "{\"field\":\"message.keyword\",\"precision_threshold\":40000}}}}";
        return search("/" + indices + "/_search", body)
                .path("aggregations")
                .path("n")
                .path("value")
                .asLong(-1);
    }

    private static String of(String logger) {
        return "{\"term\":{\"logger_name.keyword\":\"" + logger + "\"}}";
    }

    /** Some documents, as they lie in the index. */
    public List<JsonNode> find(String indices, String query, int most) throws IOException, InterruptedException {
        JsonNode hits = search("/" + indices + "/_search", "{\"size\":" + most + ",\"query\":" + query + "}")
                .path("hits")
                .path("hits");
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode hit : hits) {
            found.add(hit.path("_source"));
        }
        return found;
    }

    @Override
    public void close() {
        kill();
    }
}
