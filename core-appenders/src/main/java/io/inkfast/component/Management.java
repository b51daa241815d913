package io.inkfast.component;

import ch.qos.logback.core.Appender;
import io.inkfast.internal.Registration;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Shows an appender over JMX, where the platform has JMX: {@code io.inkfast:type=Appender,context=...,name=...}, with
 * {@code instance=2} and so on where two contexts of one name have an appender of one name. Any thread.
 *
 * @since 0.1.0
 */
public final class Management implements Registration {

    private static final int MAX_INSTANCES = 1000;

    private final ObjectName name;

    private Management(ObjectName name) {
        this.name = name;
    }

    /** Registers the appender; null if this Java has no JMX or it refuses: logging goes on without. */
    public static <A extends Appender<?> & Managed> @Nullable Management register(A appender) {
        return register("Appender", appender, new View(appender));
    }

    /** The same for another type, with an MXBean of its own. */
    public static @Nullable Management register(String type, Appender<?> appender, Object bean) {
        return register(
                type, String.valueOf(appender.getContext().getName()), String.valueOf(appender.getName()), bean);
    }

    /** The same for what is no appender, but has the name of one. */
    public static @Nullable Management register(String type, String context, String appender, Object bean) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            String base = "io.inkfast:type=" + type + ",context=" + ObjectName.quote(context) + ",name="
                    + ObjectName.quote(appender);
            for (int instance = 1; instance <= MAX_INSTANCES; instance++) {
                ObjectName name = new ObjectName(instance == 1 ? base : base + ",instance=" + instance);
                try {
                    server.registerMBean(bean, name);
                    return new Management(name);
                } catch (InstanceAlreadyExistsException e) {
                    // The next instance, then.
                }
            }
            return null;
        } catch (JMException | LinkageError | RuntimeException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException | RuntimeException e) {
            // Somebody else removed it: then it is gone, which is all we want.
            return;
        }
    }

    private record View(Managed managed) implements AppenderMXBean {

        @Override
        public long getReceived() {
            return managed.accounting().received();
        }

        @Override
        public long getReplayed() {
            return managed.accounting().replayed();
        }

        @Override
        public long getWritten() {
            return managed.accounting().written();
        }

        @Override
        public long getFiltered() {
            return managed.accounting().filtered();
        }

        @Override
        public long getDropped() {
            return managed.accounting().dropped();
        }

        @Override
        public long getRejected() {
            return managed.accounting().rejected();
        }

        @Override
        public long getFailed() {
            return managed.accounting().failed();
        }

        @Override
        public long getDeadLettered() {
            return managed.accounting().deadLettered();
        }

        @Override
        public long getDiscarded() {
            return managed.accounting().discarded();
        }

        @Override
        public long getQueued() {
            return managed.accounting().queued();
        }

        @Override
        public boolean isHealthy() {
            return managed.health().healthy();
        }

        @Override
        public @Nullable String getLastError() {
            return managed.health().lastError();
        }

        @Override
        public String getHealthSince() {
            return managed.health().since().toString();
        }

        @Override
        public long getOldestQueuedMillis() {
            return managed.health().oldestQueuedAge().toMillis();
        }

        @Override
        public boolean flush(long timeoutMillis) {
            return managed.flush(Duration.ofMillis(timeoutMillis));
        }
    }
}
