package io.inkfast.net.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.internal.Settings;
import io.inkfast.net.elastic.TemplateFormat.Found;
import io.inkfast.net.elastic.TemplateFormat.Product;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TemplateFormatTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static IndexName index(String text) {
        Settings settings = new Settings();
        IndexName name = IndexName.read("index", text, settings);
        assertThat(settings.problems()).isEmpty();
        return name;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logs-app-default | inkfast-logs-app-default | {\"index_patterns\":[\"logs-app-default\"],\"priority\":216,\"composed_of\":[\"inkfast-settings\",\"inkfast-mappings\"],\"data_stream\":{},\"_meta\":{\"managed_by\":\"inkfast\",\"version\":1}}",
                "app-%d{yyyy.MM.dd} | inkfast-app | {\"index_patterns\":[\"app-*\"],\"priority\":205,\"composed_of\":[\"inkfast-settings\",\"inkfast-mappings\"],\"_meta\":{\"managed_by\":\"inkfast\",\"version\":1}}",
                "app_%d{yyyy}-x | inkfast-app | {\"index_patterns\":[\"app_*-x\"],\"priority\":207,\"composed_of\":[\"inkfast-settings\",\"inkfast-mappings\"],\"_meta\":{\"managed_by\":\"inkfast\",\"version\":1}}"
            })
    void theTemplateOfAnIndex(String text, String name, String body) {
        assertThat(TemplateFormat.name(index(text))).isEqualTo(name);
        assertThat(new String(TemplateFormat.indexTemplate(index(text)), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void theMappings(Product product) {
        JsonNode mappings = MAPPER.readTree(product.mappings());
        JsonNode properties = mappings.at("/template/mappings/properties");
        assertThat(properties.at("/@timestamp/type").asString()).isEqualTo("date_nanos");
        // A data stream does not take it otherwise.
        assertThat(properties.at("/@timestamp/ignore_malformed")).isEqualTo(MAPPER.readTree("false"));
        assertThat(properties.at("/message/type").asString()).isEqualTo("text");
        assertThat(properties.at("/labels/type").asString())
                .isEqualTo(product == Product.OPENSEARCH ? "flat_object" : "flattened");
        assertThat(mappings.at("/template/mappings/dynamic_templates/1/strings_are_keywords/mapping"))
                .isEqualTo(MAPPER.readTree("{\"type\":\"keyword\",\"ignore_above\":1024}"));
        assertThat(mappings.at("/template/mappings/date_detection")).isEqualTo(MAPPER.readTree("false"));
    }

    @Test
    void theSettings() {
        assertThat(MAPPER.readTree(TemplateFormat.settings()).at("/template/settings"))
                .isEqualTo(
                        MAPPER.readTree("{\"index.codec\":\"best_compression\",\"index.mapping.ignore_malformed\":true,"
                                + "\"index.mapping.total_fields.limit\":2000}"));
    }

    @Test
    void allAreOursAndOfThisVersion() throws IOException {
        byte[][] all = {
            TemplateFormat.settings(),
            Product.OPENSEARCH.mappings(),
            Product.ELASTICSEARCH.mappings(),
            TemplateFormat.indexTemplate(index("a"))
        };
        for (byte[] each : all) {
            assertThat(TemplateFormat.found(each)).isEqualTo(Found.CURRENT);
            assertThat(MAPPER.readTree(each).at("/_meta/version").asInt()).isEqualTo(TemplateFormat.VERSION);
        }
    }

    @Nested
    class WhatAServerSays {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"managed_by\":\"inkfast\",\"version\":1} | CURRENT",
                    "{\"version\":2,\"x\":{\"version\":0},\"managed_by\":\"inkfast\"} | CURRENT",
                    "{\"managed_by\":\"inkfast\",\"version\":0} | OLD",
                    "{\"managed_by\":\"inkfast\"} | OLD",
                    "{\"managed_by\":\"us\",\"version\":0} | FOREIGN",
                    "{\"version\":0} | FOREIGN",
                    "{} | FOREIGN",
                    "null | FOREIGN"
                })
        void ofATemplateThatIsThere(String meta, Found found) throws IOException {
            String answer = "{\"index_templates\":[{\"name\":\"a\",\"index_template\":{\"_meta\":" + meta + "}}]}";
            assertThat(TemplateFormat.found(utf8(answer))).isEqualTo(found);
        }

        @Test
        void ofOneThatHasNoMeta() throws IOException {
            assertThat(TemplateFormat.found(utf8("{\"index_templates\":[{\"name\":\"_meta\"}]}")))
                    .isEqualTo(Found.FOREIGN);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"name\":\"n\",\"version\":{\"distribution\":\"opensearch\",\"number\":\"3.8.0\"},\"tagline\":\"t\"} | OPENSEARCH",
                    "{\"version\":{\"number\":\"8.18.0\",\"build_flavor\":\"default\"}} | ELASTICSEARCH",
                    "{\"distribution\":\"opensearch\",\"version\":{\"x\":{\"distribution\":\"opensearch\"}}} | ELASTICSEARCH"
                })
        void ofItself(String answer, Product product) throws IOException {
            assertThat(TemplateFormat.product(utf8(answer))).isEqualTo(product);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>", "{}", "{\"version\":\"1\"}", "[]", "{\"version\":{\"number\":"})
        void whatIsNoneOfThem(String answer) {
            assertThatThrownBy(() -> TemplateFormat.product(utf8(answer))).isInstanceOf(IOException.class);
        }

        @Test
        void whateverItIsNothingElseIsThrown() {
            Random random = new Random(1);
            byte[] answer = utf8(
                    "{\"version\":{\"distribution\":\"opensearch\"},\"_meta\":{\"managed_by\":\"inkfast\",\"version\":1}}");
            for (int i = 0; i < 20_000; i++) {
                byte[] changed = answer.clone();
                for (int k = 0; k <= random.nextInt(3); k++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
                }
                try {
                    assertThat(TemplateFormat.found(changed)).isNotNull();
                    assertThat(TemplateFormat.product(changed)).isNotNull();
                } catch (IOException e) {
                    assertThat(e.getMessage()).startsWith("an answer that is ");
                }
            }
        }
    }

    /* Neither product runs here with its life cycles, so this is what their documentation demands. */
    @Nested
    class Policies {

        private static JsonNode policy(String file) throws IOException {
            try (InputStream in = TemplateFormat.class.getResourceAsStream(file)) {
                return MAPPER.readTree(in).path("policy");
            }
        }

        @Test
        void ofElasticsearchHaveKnownPhasesAndActions() throws IOException {
            JsonNode policy = policy("ilm-policy.json");
            assertThat(policy.propertyNames()).containsExactly("_meta", "phases");
            assertThat(policy.path("phases").propertyNames()).containsExactly("hot", "warm", "delete");
            for (JsonNode phase : policy.path("phases")) {
                assertThat(phase.path("min_age").asString()).matches("\\d+(d|h|ms)");
                assertThat(phase.path("actions").propertyNames())
                        .isSubsetOf("rollover", "set_priority", "forcemerge", "delete");
            }
            assertThat(policy.at("/phases/hot/actions/rollover").propertyNames())
                    .containsExactly("max_age", "max_primary_shard_size");
            assertThat(policy.at("/phases/warm/actions/forcemerge/max_num_segments")
                            .asInt())
                    .isEqualTo(1);
            assertThat(policy.at("/phases/delete/actions/delete").isObject()).isTrue();
        }

        @Test
        void ofOpenSearchHaveStatesThatLeadToEachOther() throws IOException {
            JsonNode policy = policy("ism-policy.json");
            assertThat(policy.propertyNames())
                    .containsExactly("description", "default_state", "states", "ism_template");
            Set<String> names = new HashSet<>();
            for (JsonNode state : policy.path("states")) {
                assertThat(state.propertyNames()).containsExactly("name", "actions", "transitions");
                assertThat(names.add(state.path("name").asString())).isTrue();
                for (JsonNode action : state.path("actions")) {
                    assertThat(action.propertyNames()).hasSize(1).isSubsetOf("rollover", "force_merge", "delete");
                }
            }
            assertThat(names).contains(policy.path("default_state").asString());
            for (JsonNode state : policy.path("states")) {
                for (JsonNode transition : state.path("transitions")) {
                    assertThat(names).contains(transition.path("state_name").asString());
                    assertThat(transition.path("conditions").propertyNames())
                            .hasSize(1)
                            .isSubsetOf("min_rollover_age", "min_index_age", "min_size", "min_doc_count", "cron");
                }
            }
            assertThat(policy.at("/ism_template/0/index_patterns/0").asString()).isEqualTo("logs-*");
        }
    }
}
