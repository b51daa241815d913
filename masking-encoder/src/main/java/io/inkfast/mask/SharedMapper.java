package io.inkfast.mask;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Made when it is first needed: it takes a tenth of what the start of a {@link RedactingJsonEncoder} takes, which has its own. */
final class SharedMapper {

    /** As LogstashEncoder sets its mapper up. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .findAndAddModules()
            .build();

    private SharedMapper() {}
}
