package io.inkfast.mask.schema;

import java.util.function.BiConsumer;
import java.util.function.Function;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;

/** Field names of a schema, where the user has given none. A name counts as given if it is not LogstashEncoder's own. */
final class Names {

    static final String NONE = LogstashFieldNames.IGNORE_FIELD_INDICATOR;
    private static final LogstashFieldNames USUAL = new LogstashFieldNames();

    private final LogstashFieldNames given;
    private final LogstashFieldNames merged = new LogstashFieldNames();

    /* What only LogstashEncoder writes is not written. */
    Names(LogstashFieldNames given) {
        this.given = given;
        merged.setUuid(given.getUuid());
        merged.setContext(given.getContext());
        merged.setMdc(given.getMdc());
        merged.setKeyValuePair(given.getKeyValuePair());
        merged.setArguments(given.getArguments());
        merged.setCaller(given.getCaller());
        merged.setRootStackTraceElement(given.getRootStackTraceElement());
        merged.setRootStackTraceElementClass(given.getRootStackTraceElementClass());
        merged.setRootStackTraceElementMethod(given.getRootStackTraceElementMethod());
        merged.setVersion(NONE);
        merged.setLevelValue(NONE);
        tags("tags");
    }

    Names timestamp(String name) {
        return set(LogstashFieldNames::getTimestamp, LogstashFieldNames::setTimestamp, name);
    }

    Names level(String name) {
        return set(LogstashFieldNames::getLevel, LogstashFieldNames::setLevel, name);
    }

    Names message(String name) {
        return set(LogstashFieldNames::getMessage, LogstashFieldNames::setMessage, name);
    }

    Names logger(String name) {
        return set(LogstashFieldNames::getLogger, LogstashFieldNames::setLogger, name);
    }

    Names thread(String name) {
        return set(LogstashFieldNames::getThread, LogstashFieldNames::setThread, name);
    }

    Names stackTrace(String name) {
        return set(LogstashFieldNames::getStackTrace, LogstashFieldNames::setStackTrace, name);
    }

    private Names tags(String name) {
        return set(LogstashFieldNames::getTags, LogstashFieldNames::setTags, name);
    }

    Names caller(String type, String method, String file, String line) {
        set(LogstashFieldNames::getCallerClass, LogstashFieldNames::setCallerClass, type);
        set(LogstashFieldNames::getCallerMethod, LogstashFieldNames::setCallerMethod, method);
        set(LogstashFieldNames::getCallerFile, LogstashFieldNames::setCallerFile, file);
        return set(LogstashFieldNames::getCallerLine, LogstashFieldNames::setCallerLine, line);
    }

    private Names set(
            Function<LogstashFieldNames, @Nullable String> get,
            BiConsumer<LogstashFieldNames, String> set,
            String name) {
        String users = get.apply(given);
        set.accept(merged, users == null || users.equals(get.apply(USUAL)) ? name : users);
        return this;
    }

    LogstashFieldNames merged() {
        return merged;
    }
}
