package io.inkfast.mask.scan;

/** Makes texts of a fuzzer's bytes: UTF-8 that may also have half surrogates, and any byte where it is not UTF-8. */
public final class FuzzText {

    private FuzzText() {}

    /** A sequence of bytes that is no character of up to three bytes becomes characters of one byte each. */
    public static String of(byte[] data) {
        StringBuilder text = new StringBuilder(data.length);
        int at = 0;
        while (at < data.length) {
            int lead = data[at] & 0xff;
            int length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
            int code = length == 1 ? lead : lead & 0x7f >> length;
            int end = at + length;
            boolean whole = end <= data.length && lead < 0xf8;
            for (int i = at + 1; whole && i < end; i++) {
                whole = (data[i] & 0xc0) == 0x80;
                code = code << 6 | (data[i] & 0x3f);
            }
            if (whole && code <= Character.MAX_CODE_POINT) {
                text.appendCodePoint(code);
                at = end;
            } else {
                text.append((char) lead);
                at++;
            }
        }
        return text.toString();
    }

    /** Whether there is half a surrogate pair in it. */
    public static boolean broken(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
