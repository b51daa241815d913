package io.inkfast.net;

import io.inkfast.internal.Settings;

/**
 * Looks whether the client library of a protocol is there: all of them are optional. Stateless.
 *
 * @since 0.1.0
 */
public final class ClientLibrary {

    private ClientLibrary() {}

    /**
     * Whether a library can be used; if not, that is a problem which says what to add.
     *
     * @param artifact   its group and name
     * @param moduleName its name on the module path
     * @param classes    some that are used, of it and of what it stands on
     */
    public static boolean isThere(Settings settings, String artifact, String moduleName, String... classes) {
        for (String each : classes) {
            try {
                Class.forName(each, false, ClientLibrary.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                missing(settings, artifact, moduleName, e);
                return false;
            }
        }
        return true;
    }

    /** That a library cannot be used is a problem. */
    public static void missing(Settings settings, String artifact, String moduleName, Throwable why) {
        settings.problem("it needs " + artifact
                + "; add it, in the version that Inkfast's BOM has, on the module path also" + " --add-modules "
                + moduleName + " (" + why.getClass().getSimpleName() + ": " + why.getMessage() + ")");
    }
}
