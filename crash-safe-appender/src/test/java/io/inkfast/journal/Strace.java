package io.inkfast.journal;

import io.inkfast.testing.Command;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a program under strace, which sees each system call that changes files, and can let one fail. Linux only. */
final class Strace {

    private static final String CALLS = "pwrite64,write,fdatasync,fsync,rename,unlink,ftruncate";
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern UNFINISHED = Pattern.compile("(.*?) *<unfinished \\.\\.\\.>");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+|\\?)(.*)");
    private static final Pattern DESCRIPTOR = Pattern.compile("\\d+<([^>]*)>.*");
    private static final Pattern NAMES = Pattern.compile("\"([^\"]*)\"(?:, \"([^\"]*)\")?.*");

    private Strace() {}

    /**
     * A system call.
     *
     * @param path      the file, or the first of two
     * @param to        the second of two files; empty if there is one
     * @param arguments all of them, as strace shows them
     * @param isInjected whether strace has answered it, not the kernel
     */
    record Call(String name, String path, String to, String arguments, long result, boolean isInjected) {

        String file() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String toFile() {
            return to.substring(to.lastIndexOf('/') + 1);
        }

        /* pwrite64(fd, bytes, count, position) */
        long position() {
            return Long.parseLong(arguments.substring(arguments.lastIndexOf(' ') + 1));
        }

        long count() {
            String before = arguments.substring(0, arguments.lastIndexOf(", "));
            return Long.parseLong(before.substring(before.lastIndexOf(' ') + 1));
        }
    }

    /** What a run did, and what it said on standard output. */
    record Run(List<Call> calls, String said, int exit) {}

    static void need(String test) throws InterruptedException {
        String said = Command.run("strace", "-o", "/dev/null", "true");
        if (said != null) {
            Torture.cannotRun(Torture.Need.STRACE, test + " cannot run: it needs strace (" + said + ")");
        }
    }

    /** Waits until it ends. An injection is an option of strace, such as {@code fsync:error=EIO:when=2}; empty for none. */
    static Run run(Path folder, String injection, List<String> program) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "strace", ".log");
        Path out = Files.createTempFile(folder, "strace", ".out");
        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-y", "-s", "40", "-o", log.toString(), "-e", "trace=" + CALLS));
        if (injection.isEmpty()) {
            // Faster; but no signal would be injected.
            command.add("--seccomp-bpf");
        } else {
            command.addAll(List.of("-e", "inject=" + injection));
        }
        command.addAll(program);
        int exit = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        Run run = new Run(parse(Files.readAllLines(log, StandardCharsets.ISO_8859_1)), Files.readString(out), exit);
        Files.delete(log);
        Files.delete(out);
        return run;
    }

    private static List<Call> parse(List<String> lines) {
        List<Call> calls = new ArrayList<>();
        Map<String, String> begun = new HashMap<>();
        for (String each : lines) {
            Matcher line = LINE.matcher(each);
            if (!line.matches()) {
                continue;
            }
            String text = line.group(2);
            Matcher unfinished = UNFINISHED.matcher(text);
            Matcher resumed = RESUMED.matcher(text);
            if (unfinished.matches()) {
                begun.put(line.group(1), unfinished.group(1));
                continue;
            }
            if (resumed.matches()) {
                text = begun.remove(line.group(1)) + resumed.group(1);
            }
            Matcher call = CALL.matcher(text);
            if (call.matches() && !call.group(3).equals("?")) {
                calls.add(call(call));
            }
        }
        return calls;
    }

    private static Call call(Matcher call) {
        String arguments = call.group(2);
        long result = Long.parseLong(call.group(3));
        boolean isInjected = call.group(4).contains("(INJECTED)");
        Matcher descriptor = DESCRIPTOR.matcher(arguments);
        if (descriptor.matches()) {
            return new Call(call.group(1), descriptor.group(1), "", arguments, result, isInjected);
        }
        Matcher names = NAMES.matcher(arguments);
        if (names.matches()) {
            return new Call(
                    call.group(1), names.group(1), String.valueOf(names.group(2)), arguments, result, isInjected);
        }
        return new Call(call.group(1), "", "", arguments, result, isInjected);
    }
}
