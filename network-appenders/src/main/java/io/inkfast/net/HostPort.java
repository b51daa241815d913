package io.inkfast.net;

import io.inkfast.internal.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host, by name or address, and a port. The name is looked up when a connection is made, never here.
 *
 * @since 0.1.0
 */
public record HostPort(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\s\\[\\]]+):(\\d{1,5})");
    private static final int LARGEST = 65_535;

    /**
     * Reads several, with commas between, in the order of preference; an IPv6 address stands in brackets. None is a
     * problem, and so is one that is wrong.
     */
    public static List<HostPort> read(String element, @Nullable String text, Settings settings) {
        List<HostPort> found = new ArrayList<>();
        String all = settings.required(element, text);
        for (String each : all.isEmpty() ? new String[0] : all.split(",")) {
            Matcher matcher = FORM.matcher(each.trim());
            int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
            if (port < 1 || port > LARGEST) {
                settings.problem("<" + element + "> [" + each.trim()
                        + "] is not a host and a port, such as logs.example.com:5140 or [::1]:5140");
            } else {
                String host = matcher.group(1);
                found.add(new HostPort(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port));
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
