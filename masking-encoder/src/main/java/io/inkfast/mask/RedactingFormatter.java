package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.internal.Pool;
import io.inkfast.mask.schema.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.logstash.logback.LogstashFormatter;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.ObjectMapperAware;
import net.logstash.logback.decorate.CompositeJsonGeneratorDecorator;
import net.logstash.logback.decorate.CompositeMapperBuilderDecorator;
import net.logstash.logback.decorate.CompositeTokenStreamFactoryBuilderDecorator;
import net.logstash.logback.decorate.JsonGeneratorDecorator;
import net.logstash.logback.decorate.MapperBuilderDecorator;
import net.logstash.logback.decorate.TokenStreamFactoryBuilderDecorator;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectMapper;

/*
 * The formatter of the base class keeps its generators in thread-locals, and cannot write an event while it writes another
 * on the same thread (a toString() that logs). So writers are pooled here. The mapper, which the base class keeps to
 * itself, is caught on its way to the providers.
 */
/** Writes events with the providers of LogstashFormatter through generators that redact. Any thread. */
final class RedactingFormatter extends LogstashFormatter implements EventWriter.Generators {

    private final MapperProvider mapperProvider = new MapperProvider();
    private final Pool<EventWriter> pool = new Pool<>(32);
    private volatile @Nullable Policy policy;
    private Schema schema = Schema.LOGSTASH;
    private LogstashFieldNames givenNames = new LogstashFieldNames();
    private volatile List<JsonProvider<ILoggingEvent>> line = List.of();
    private volatile OwnNames ownNames = new OwnNames(List.of(), new LogstashFieldNames());
    private volatile @Nullable DirectPlan plan;
    private volatile boolean decorated;
    private volatile JsonEncoding encoding = JsonEncoding.UTF8;

    RedactingFormatter(ContextAware declaredOrigin) {
        super(declaredOrigin);
    }

    /** To be called before start. */
    void use(Policy newPolicy, Schema newSchema) {
        policy = newPolicy;
        schema = newSchema;
    }

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        for (JsonEncoding known : JsonEncoding.values()) {
            if (known.getJavaName().equals(getEncoding())) {
                encoding = known;
            }
        }
        getProviders().addProvider(mapperProvider);
        givenNames = getFieldNames();
        setFieldNames(schema.names(givenNames));
        super.start();
        line = schema.line(getProviders().getProviders(), getFieldNames(), getContext());
        ownNames = new OwnNames(line, getFieldNames());
        plan = isPlain() ? DirectPlan.of(line, this, ownNames) : null;
    }

    @Override
    public void stop() {
        super.stop();
        setFieldNames(givenNames);
        getProviders().removeProvider(mapperProvider);
        pool.clear();
    }

    @Nullable
    ObjectMapper mapper() {
        return mapperProvider.mapper;
    }

    /** A writer for this thread alone, until it is given back; one that failed is not. */
    EventWriter take() {
        EventWriter writer = pool.take();
        if (writer == null) {
            Policy current = Objects.requireNonNull(policy);
            writer = writer(current);
        }
        writer.clear();
        return writer;
    }

    /** A new one. */
    EventWriter writer(Policy current) {
        return new EventWriter(this, current.off() ? null : new Redactor(current));
    }

    void giveBack(EventWriter writer) {
        if (writer.reusable() && isStarted()) {
            pool.give(writer);
        }
    }

    /** Writes the event's object into the writer's buffer. */
    void write(EventWriter writer, ILoggingEvent raw) throws IOException {
        if (writer.written(raw)) {
            return;
        }
        ILoggingEvent event = writer.seen(raw);
        JsonGenerator generator = writer.generator;
        OwnNames own = ownNames;
        List<JsonProvider<ILoggingEvent>> providers = line;
        generator.writeStartObject();
        for (int i = 0; i < providers.size(); i++) {
            writer.names.data(own.isData(i));
            providers.get(i).writeTo(generator, event);
        }
        generator.writeEndObject();
        generator.flush();
    }

    @Override
    public void writeEvent(ILoggingEvent event, OutputStream out) throws IOException {
        EventWriter writer = take();
        write(writer, event);
        out.write(writer.buffer.array(), 0, writer.buffer.size());
        giveBack(writer);
    }

    @Override
    public JsonGenerator plain(OutputStream out) {
        // What is not UTF-8 goes through a Writer, whose bytes would else come with a later event.
        return Objects.requireNonNull(mapperProvider.mapper)
                .createGenerator(out, encoding)
                .configure(StreamWriteFeature.FLUSH_PASSED_TO_STREAM, true);
    }

    @Override
    public Set<String> ownNames() {
        return ownNames.reserved();
    }

    @Override
    public JsonGenerator decorated(JsonGenerator generator) {
        return super.getJsonGeneratorDecorator().decorate(generator);
    }

    @Override
    public @Nullable DirectPlan plan() {
        return plan;
    }

    /** Whether this provider is one of ours that contributes nothing. */
    @SuppressWarnings("ReferenceEquality") // this very one
    boolean writesNothing(JsonProvider<ILoggingEvent> provider) {
        return provider == mapperProvider;
    }

    /*
     * Whether a line looks as it does without any decorator, and every rule can be applied to names and texts alone: those
     * that count in report mode, too.
     */
    private boolean isPlain() {
        Policy used = policy;
        Policy trial = used == null ? null : used.trial();
        Policy current = trial == null ? used : trial;
        return !decorated
                && encoding == JsonEncoding.UTF8
                && "json".equals(getDataFormat())
                && current != null
                && (current.off() || (!current.strict() && current.paths().none()));
    }

    @Override
    public void addJsonGeneratorDecorator(JsonGeneratorDecorator decorator) {
        decorated = true;
        super.addJsonGeneratorDecorator(decorator);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the base class
    public void addMapperBuilderDecorator(MapperBuilderDecorator decorator) {
        decorated = true;
        super.addMapperBuilderDecorator(decorator);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the base class
    public void addTokenStreamFactoryBuilderDecorator(TokenStreamFactoryBuilderDecorator decorator) {
        decorated = true;
        super.addTokenStreamFactoryBuilderDecorator(decorator);
    }

    /* Who gets hold of a list of decorators may add to it. */

    @Override
    public CompositeJsonGeneratorDecorator getJsonGeneratorDecorator() {
        decorated = true;
        return super.getJsonGeneratorDecorator();
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the base class
    public CompositeMapperBuilderDecorator getMapperBuilderDecorator() {
        decorated = true;
        return super.getMapperBuilderDecorator();
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the base class
    public CompositeTokenStreamFactoryBuilderDecorator getTokenStreamFactoryBuilderDecorator() {
        decorated = true;
        return super.getTokenStreamFactoryBuilderDecorator();
    }

    /** Writes nothing. */
    private static final class MapperProvider extends AbstractJsonProvider<ILoggingEvent> implements ObjectMapperAware {

        private volatile @Nullable ObjectMapper mapper;

        @Override
        public void setObjectMapper(ObjectMapper newMapper) {
            mapper = newMapper;
        }

        @Override
        public void writeTo(JsonGenerator generator, ILoggingEvent event) {}
    }
}
