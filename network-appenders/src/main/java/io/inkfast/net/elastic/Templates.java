package io.inkfast.net.elastic;

import io.inkfast.net.Answer;
import io.inkfast.net.HttpPeer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the index template on each server before it gets its first event. Any thread. */
final class Templates {

    private static final String COMPONENT = "_component_template";
    private static final String INDEX = "_index_template";

    private final IndexName index;
    private final Consumer<String> info;
    private final Set<HttpPeer> done = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param info told what was put where, and what was there */
    Templates(IndexName index, Consumer<String> info) {
        this.index = index;
        this.info = info;
    }

    /** Null once they are there; else why not, and then nothing may be sent. */
    @Nullable
    synchronized Answer putOn(HttpPeer peer) throws IOException {
        if (done.contains(peer)) {
            return null;
        }
        HttpResponse<byte[]> root = peer.send(HttpRequest.newBuilder(peer.resolve("/")));
        if (root.statusCode() != 200) {
            return refusal(root, "GET /");
        }
        byte[] mappings = TemplateFormat.product(root.body()).mappings();
        Answer refusal = put(peer, COMPONENT, TemplateFormat.SETTINGS, TemplateFormat.settings());
        if (refusal == null) {
            refusal = put(peer, COMPONENT, TemplateFormat.MAPPINGS, mappings);
        }
        if (refusal == null) {
            // The one that has an effect comes last.
            refusal = put(peer, INDEX, TemplateFormat.name(index), TemplateFormat.indexTemplate(index));
        }
        if (refusal == null) {
            done.add(peer);
        }
        return refusal;
    }

    private @Nullable Answer put(HttpPeer peer, String kind, String name, byte[] body) throws IOException {
        String path = TemplateFormat.path(kind, name);
        HttpResponse<byte[]> there =
                peer.send(HttpRequest.newBuilder(peer.resolve(path + "?filter_path=*.name,*.*._meta")));
        if (there.statusCode() == 200) {
            TemplateFormat.Found found = TemplateFormat.found(there.body());
            if (found != TemplateFormat.Found.OLD) {
                if (found == TemplateFormat.Found.FOREIGN) {
                    info.accept("the template [" + name + "] on [" + peer.name() + "] is not ours, and stays as it is");
                }
                return null;
            }
        } else if (there.statusCode() != 404) {
            return refusal(there, "GET " + path);
        }
        HttpResponse<byte[]> made = peer.send(HttpRequest.newBuilder(peer.resolve(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
        if (made.statusCode() != 200) {
            return refusal(made, "PUT " + path);
        }
        info.accept("put the template [" + name + "] on [" + peer.name() + "]");
        return null;
    }

    /* Whatever the status, no event is to blame. */
    private static Answer refusal(HttpResponse<byte[]> response, String request) {
        Answer answer = HttpPeer.refusal(response);
        String why = answer.why() + " to " + request;
        return answer.kind() == Answer.Kind.BUSY ? Answer.busy(why, answer.notBefore()) : Answer.denied(why);
    }
}
