package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import net.logstash.logback.composite.loggingevent.mdc.MdcEntryWriter;
import tools.jackson.core.JsonGenerator;

/** Entries of the MDC that stand in no field of the schema, with the options of the provider that it replaces. */
final class OtherMdc extends AbstractJsonProvider<ILoggingEvent> {

    private final Source source;
    private final UnaryOperator<String> naming;
    private final Set<String> included;
    private final Set<String> excluded;
    private final Map<String, String> renamed;
    private final List<MdcEntryWriter> writers;

    OtherMdc(MdcJsonProvider options, Source source, UnaryOperator<String> naming) {
        this.source = source;
        this.naming = naming;
        this.included = Set.copyOf(options.getIncludeMdcKeyNames());
        this.excluded = Set.copyOf(options.getExcludeMdcKeyNames());
        this.renamed = Map.copyOf(options.getMdcKeyFieldNames());
        this.writers = List.copyOf(options.getMdcEntryWriters());
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        Map<String, String> entries = event.getMDCPropertyMap();
        if (entries == null) {
            return;
        }
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String key = entry.getKey();
            String value = entry.getValue();
            if (key != null
                    && value != null
                    && (included.isEmpty() || included.contains(key))
                    && !excluded.contains(key)
                    && !source.shown(event, key, value)) {
                write(generator, naming.apply(renamed.getOrDefault(key, key)), key, value);
            }
        }
    }

    private void write(JsonGenerator generator, String name, String key, String value) {
        for (MdcEntryWriter writer : writers) {
            if (writer.writeMdcEntry(generator, name, key, value)) {
                return;
            }
        }
        generator.writeName(name);
        generator.writeString(value);
    }
}
