package io.inkfast.net.elastic;

import com.sun.net.httpserver.Headers;
import io.inkfast.net.AnsweringServer;
import io.inkfast.net.AnsweringServer.Reply;
import io.inkfast.net.AnsweringServer.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Answers bulk requests as it is told to; notes what it accepted. */
final class ScriptedServer implements AutoCloseable {

    /** What it does with a request that has these documents. */
    interface Behaviour {
        int status(Headers headers, List<String> documents) throws IOException;
    }

    private final AnsweringServer server;
    private final List<String> documents = Collections.synchronizedList(new ArrayList<>());
    private final List<String> actions = Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour behaviour = (headers, lines) -> 200;
    private volatile Headers lastHeaders = new Headers();

    ScriptedServer() throws IOException {
        server = new AnsweringServer(this::answer);
    }

    /* With TLS. */
    private ScriptedServer(int port, Path keys) throws Exception {
        server = AnsweringServer.tls(port, keys, this::answer);
    }

    /** With TLS, on that port. */
    static ScriptedServer tls(int port, Path keys) throws Exception {
        return new ScriptedServer(port, keys);
    }

    int port() {
        return server.port();
    }

    String url() {
        return server.url();
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

    private Reply answer(Request request) throws IOException {
        List<String> lines = request.lines();
        List<String> got = new ArrayList<>();
        List<String> heads = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            heads.add(lines.get(i));
            got.add(lines.get(i + 1));
        }
        lastHeaders = request.headers();
        int status = behaviour.status(request.headers(), got);
        if (status != 200) {
            return new Reply(status, "{\"items\":[]}");
        }
        documents.addAll(got);
        actions.addAll(heads);
        String items = String.join(",", Collections.nCopies(got.size(), "{\"create\":{\"status\":201}}"));
        return new Reply(status, "{\"items\":[" + items + "]}");
    }

    @Override
    public void close() {
        server.close();
    }
}
