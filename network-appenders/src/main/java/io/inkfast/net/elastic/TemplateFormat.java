package io.inkfast.net.elastic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Index templates of Elasticsearch 7.9 and later and of OpenSearch: an index template for the configured index, {@code
 * inkfast-<name>}, made of two component templates, {@code inkfast-settings} and {@code inkfast-mappings}, which are files in
 * this package:
 *
 * <pre>
 * {"index_patterns":["logs-app-default"],"priority":216,"composed_of":["inkfast-settings","inkfast-mappings"],
 *  "data_stream":{},"_meta":{"managed_by":"inkfast","version":1}}
 * </pre>
 *
 * <p>{@code data_stream} is there if the name of the index has no date. The priority is 200 and the length of the pattern, so
 * that of two patterns that overlap the longer one counts, and a server takes both. A template is ours as long as {@code _meta}
 * says so; what an answer to a question for it says is read from {@code _meta} alone.
 */
final class TemplateFormat {

    /** Of the three templates. A server that has one of a lower version gets these. */
    static final int VERSION = 1;

    static final String SETTINGS = "inkfast-settings";
    static final String MAPPINGS = "inkfast-mappings";

    private static final String OURS = "inkfast";
    private static final int PRIORITY = 200;
    private static final JsonFactory JSON = new JsonFactory();

    /** What a server has under a name. */
    enum Found {
        /** An older one of ours. */
        OLD,
        /** Ours, of this version or a later one. */
        CURRENT,
        /** Somebody else's, or one of which somebody has made his own. */
        FOREIGN
    }

    /** Whose mappings: they differ in the type for objects whose members are not fields. */
    enum Product {
        ELASTICSEARCH("elasticsearch-mappings.json"),
        OPENSEARCH("opensearch-mappings.json");

        private final String mappings;

        Product(String mappings) {
            this.mappings = mappings;
        }

        byte[] mappings() {
            return resource(mappings);
        }
    }

    private TemplateFormat() {}

    static String name(IndexName index) {
        return "inkfast-" + index.stem();
    }

    static byte[] settings() {
        return resource("settings.json");
    }

    static byte[] indexTemplate(IndexName index) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("index_patterns");
            json.writeString(index.pattern());
            json.writeEndArray();
            json.writeNumberProperty("priority", PRIORITY + index.pattern().length());
            json.writeArrayPropertyStart("composed_of");
            json.writeString(SETTINGS);
            json.writeString(MAPPINGS);
            json.writeEndArray();
            if (!index.isDated()) {
                json.writeObjectPropertyStart("data_stream");
                json.writeEndObject();
            }
            json.writeObjectPropertyStart("_meta");
            json.writeStringProperty("managed_by", OURS);
            json.writeNumberProperty("version", VERSION);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static byte[] resource(String file) {
        try (InputStream in = TemplateFormat.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("the file " + file + " is missing in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the answer to {@code GET /} is of: {@code {"version":{"distribution":"opensearch"}}} is of OpenSearch.
     *
     * @throws IOException if it is of neither
     */
    static Product product(byte[] answer) throws IOException {
        boolean isNumbered = false;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isVersion = json.currentName().equals("version");
                if (json.nextToken() != JsonToken.START_OBJECT || !isVersion) {
                    json.skipChildren();
                    continue;
                }
                isNumbered = true;
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    if (json.nextToken() == JsonToken.VALUE_STRING
                            && name.equals("distribution")
                            && json.getString().equals("opensearch")) {
                        return Product.OPENSEARCH;
                    }
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("an answer that is not JSON", e);
        }
        if (!isNumbered) {
            throw new IOException("an answer that is neither of Elasticsearch nor of OpenSearch");
        }
        return Product.ELASTICSEARCH;
    }

    /**
     * What the answer says of a template that is there: {@code {"index_templates":[{"index_template":{"_meta":{...}}}]}}, with
     * nothing but {@code _meta} in it.
     */
    static Found found(byte[] answer) throws IOException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("_meta")) {
                    return json.nextToken() == JsonToken.START_OBJECT ? meta(json) : Found.FOREIGN;
                }
            }
        } catch (JacksonException e) {
            throw new IOException("an answer that is not JSON", e);
        }
        return Found.FOREIGN;
    }

    private static Found meta(JsonParser json) {
        boolean ours = false;
        int version = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("managed_by") && value == JsonToken.VALUE_STRING) {
                ours = json.getString().equals(OURS);
            } else if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
                version = json.getIntValue();
            } else {
                json.skipChildren();
            }
        }
        if (!ours) {
            return Found.FOREIGN;
        }
        return version < VERSION ? Found.OLD : Found.CURRENT;
    }

    /** The path at which a template is, of either kind. */
    static String path(String kind, String name) {
        return "/" + kind + "/" + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
