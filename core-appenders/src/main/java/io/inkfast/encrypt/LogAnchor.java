package io.inkfast.encrypt;

import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file held at one moment, kept elsewhere: so that it shows when the end of a file is cut off, or all of it is replaced.
 * As a text it has the three values of a checkpoint of transparency logs (C2SP tlog-checkpoint), with blanks between: {@code
 * inkelog/<stream id>/<file id> <frames> <digest, base64>}. Immutable.
 *
 * @param stream id of the log, 32 hexadecimal digits
 * @param file   id of the file
 * @param frames how many it had
 * @param digest over them, 64 hexadecimal digits
 * @since 0.1.0
 */
public record LogAnchor(String stream, String file, long frames, String digest) {

    private static final Pattern TEXT =
            Pattern.compile("inkelog/([0-9a-f]{32})/([0-9a-f]{32}) (\\d{1,18}) ([A-Za-z0-9+/]{43}=)");

    static LogAnchor of(UUID stream, UUID file, long frames, byte[] digest) {
        return new LogAnchor(LogSummary.name(stream), LogSummary.name(file), frames, LogSummary.name(digest));
    }

    /** The first one in a text, such as a line of another log; null if there is none. */
    public static @Nullable LogAnchor in(String text) {
        Matcher found = TEXT.matcher(text);
        return found.find()
                ? new LogAnchor(
                        found.group(1),
                        found.group(2),
                        Long.parseLong(found.group(3)),
                        LogSummary.name(Base64.getDecoder().decode(found.group(4))))
                : null;
    }

    /** As it is kept. */
    @Override
    public String toString() {
        byte[] bytes = java.util.HexFormat.of().parseHex(digest);
        return "inkelog/" + stream + "/" + file + " " + frames + " "
                + Base64.getEncoder().encodeToString(bytes);
    }
}
