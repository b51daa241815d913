package io.inkfast.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were made on. */
public final class Machine {

    private Machine() {}

    /** One paragraph for the head of a report. */
    public static String describe(String jvmOptions) {
        return "%s %s (%s), `%s`; %s %s, %s; %d processors, %s."
                .formatted(
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"),
                        jvmOptions,
                        System.getProperty("os.name"),
                        release(System.getProperty("os.version")),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        processor());
    }

    /* What comes after two numbers is the builder's own. */
    private static String release(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("model not known");
        } catch (IOException e) {
            return "model not known";
        }
    }
}
