package io.inkfast.wal;

import ch.qos.logback.core.Context;
import io.inkfast.internal.Registration;
import io.inkfast.internal.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no two appenders of one configuration have one directory: that is a mistake, while another process that
 * has it is not. Any thread.
 */
final class DirectoryClaim implements Registration {

    private static final String KEY = DirectoryClaim.class.getName();

    private final Map<Path, DirectoryClaim> claims;
    private final Path directory;
    private final String appender;

    private DirectoryClaim(Map<Path, DirectoryClaim> claims, Path directory, String appender) {
        this.claims = claims;
        this.directory = directory;
        this.appender = appender;
    }

    /** Claims a directory until this is closed; null, and a problem, if another appender has it. */
    static @Nullable DirectoryClaim take(Context context, Path directory, String appender, Settings settings) {
        Map<Path, DirectoryClaim> claims = claims(context);
        DirectoryClaim claim = new DirectoryClaim(claims, real(directory), appender);
        DirectoryClaim earlier = claims.putIfAbsent(claim.directory, claim);
        if (earlier != null) {
            settings.problem("<directory> [" + directory + "] is also that of appender [" + earlier.appender
                    + "]; each needs one of its own");
            return null;
        }
        return claim;
    }

    @SuppressWarnings("unchecked") // put there by ourselves
    private static Map<Path, DirectoryClaim> claims(Context context) {
        synchronized (context.getConfigurationLock()) {
            if (context.getObject(KEY) == null) {
                context.putObject(KEY, new ConcurrentHashMap<Path, DirectoryClaim>());
            }
            return (Map<Path, DirectoryClaim>) context.getObject(KEY);
        }
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            // It is still to be made.
            return directory;
        }
    }

    @Override
    public void close() {
        claims.remove(directory, this);
    }
}
