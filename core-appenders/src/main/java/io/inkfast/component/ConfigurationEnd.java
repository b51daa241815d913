package io.inkfast.component;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;
import io.inkfast.internal.Registration;

/**
 * Waits for the end of a configuration: only then is every appender attached. One that a program makes by hand has none.
 *
 * @since 0.1.0
 */
public final class ConfigurationEnd implements ConfigurationEventListener, Registration {

    private final Context context;
    private final Runnable action;

    private ConfigurationEnd(Context context, Runnable action) {
        this.context = context;
        this.action = action;
    }

    /** Has the action run at the end of each configuration of the context, until it is closed. */
    public static ConfigurationEnd of(Context context, Runnable action) {
        ConfigurationEnd end = new ConfigurationEnd(context, action);
        context.addConfigurationEventListener(end);
        return end;
    }

    @Override
    public void listen(ConfigurationEvent event) {
        if (event.getEventType() == ConfigurationEvent.EventType.CONFIGURATION_ENDED_SUCCESSFULLY
                || event.getEventType() == ConfigurationEvent.EventType.CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS) {
            action.run();
        }
    }

    @Override
    public void close() {
        context.removeConfigurationEventListener(this);
    }
}
