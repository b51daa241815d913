package io.inkfast.net;

import io.inkfast.testing.LogbackHarness;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration where a library is not on the class path. */
public final class WithoutLibrary {

    private WithoutLibrary() {}

    /** What it complains of. */
    public static List<?> complaints(String jar, Path folder, String elements) throws Exception {
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            if (!new File(entry).getName().startsWith(jar)) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(LogbackHarness.class.getName());
            Object harness =
                    type.getMethod("configure", Path.class, String.class).invoke(null, folder, elements);
            List<?> complaints = (List<?>) type.getMethod("complaints").invoke(harness);
            type.getMethod("close").invoke(harness);
            return complaints;
        }
    }
}
