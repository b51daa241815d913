package io.inkfast.cli;

import java.util.List;

/** What little JSON the commands write by themselves. */
final class Json {

    private Json() {}

    static String array(List<String> texts) {
        return "[" + String.join(",", texts.stream().map(Json::quoted).toList()) + "]";
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
