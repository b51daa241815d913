package io.inkfast.mask.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The forms in which a value may stand in a text: plain; escaped for JSON, once and twice; percent-encoded; escaped for XML;
 * in base64 of both alphabets, wherever it begins in the encoded bytes; in hexadecimal digits. Of base64, only the characters
 * that depend on nothing but the value. Any thread.
 */
final class SecretForms {

    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<String> base64 = new LinkedHashSet<>();

    private SecretForms(String value) {
        texts.add(value);
        String json = json(value);
        texts.add(json);
        texts.add(json(json));
        texts.add(json.replace("/", "\\/"));
        texts.add(value.replace(' ', '+')); // what is left of a form when the rest is decoded
        percent(URLEncoder.encode(value, StandardCharsets.UTF_8));
        texts.add(xml(value).replace("\"", "&quot;").replace("'", "&#39;"));
        texts.add(xml(value).replace("\"", "&quot;").replace("'", "&apos;"));
        texts.add(xml(value));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        texts.add(HexFormat.of().formatHex(bytes));
        texts.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int shift = 0; shift < 3; shift++) {
            base64(bytes, shift);
        }
    }

    static SecretForms of(String value) {
        return new SecretForms(value);
    }

    Set<String> texts() {
        return texts;
    }

    Set<String> base64() {
        return base64;
    }

    private static String json(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int known = "\b\t\n\f\r\"\\".indexOf(c);
            if (known >= 0) {
                out.append('\\').append("btnfr\"\\".charAt(known));
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /* Encoders do not agree about what needs to be encoded; the common ones. */
    private void percent(String form) {
        String uri = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        String component = uri.replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%2A", "*");
        for (String text : new String[] {form, uri, component}) {
            texts.add(text);
            texts.add(lower(text));
        }
    }

    private static String lower(String percent) {
        StringBuilder out = new StringBuilder(percent);
        for (int i = 0; i + 2 < out.length(); i++) {
            if (out.charAt(i) == '%') {
                out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
                out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
            }
        }
        return out.toString();
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void base64(byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        String known = text.substring((8 * shift + 5) / 6, 8 * shifted.length / 6);
        base64.add(known);
        base64.add(known.replace('+', '-').replace('/', '_'));
    }
}
