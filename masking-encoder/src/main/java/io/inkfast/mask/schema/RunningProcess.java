package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.file.Path;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code process}: the name of the service, or else of the command that runs, and its id. */
final class RunningProcess extends AbstractJsonProvider<ILoggingEvent> {

    static final Key NAME = Key.property("name", "service", "service.name", "SERVICE_NAME");

    private final Source source;
    private final long id = ProcessHandle.current().pid();
    private final @Nullable String command =
            ProcessHandle.current().info().command().map(RunningProcess::file).orElse(null);

    RunningProcess(Source source) {
        this.source = source;
    }

    private static @Nullable String file(String command) {
        Path file = Path.of(command).getFileName();
        return file == null ? null : file.toString();
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        Object service = source.find(event, NAME);
        Object name = service == null ? command : service;
        generator.writeName("process");
        generator.writeStartObject();
        if (name != null) {
            generator.writeName("name");
            generator.writeString(name.toString());
        }
        generator.writeName("id");
        generator.writeNumber(id);
        generator.writeEndObject();
    }
}
