package io.inkfast.recorder;

import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;

/** Waits for the end of a configuration. */
record ConfigurationEnd(Runnable action) implements ConfigurationEventListener {

    @Override
    public void listen(ConfigurationEvent event) {
        if (event.getEventType() == ConfigurationEvent.EventType.CONFIGURATION_ENDED_SUCCESSFULLY
                || event.getEventType() == ConfigurationEvent.EventType.CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS) {
            action.run();
        }
    }
}
