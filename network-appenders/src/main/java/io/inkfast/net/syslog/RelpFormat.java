package io.inkfast.net.syslog;

import io.inkfast.net.Message;
import io.inkfast.net.Outgoing;
import java.nio.charset.StandardCharsets;

/**
 * RELP, version 0: frames in both directions.
 *
 * <pre>
 * number SP command SP length [SP data] LF
 *
 * number   of the request, 1 to 999999999 and then 1 again; an answer has the same; 0 for what nobody asked
 * command  of 1 to 32 letters: open, syslog, close; rsp for an answer, serverclose for the end
 * length   of the data in bytes, in decimal digits; if it is 0 there is no space behind
 * data     of an answer: a status of three digits, and then a text; 200 is good
 * </pre>
 *
 * <p>A session begins with {@code open}, whose data, in both directions, are lines of {@code name=value}. A request may be sent
 * before those in front of it are answered. See {@code relp.html} in the sources of librelp.
 */
final class RelpFormat {

    static final int LAST_NUMBER = 999_999_999;

    private static final byte[] OFFERS =
            "relp_version=0\nrelp_software=inkfast\ncommands=syslog".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPEN = " open ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSLOG = " syslog ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = " close 0\n".getBytes(StandardCharsets.US_ASCII);

    private RelpFormat() {}

    /**
     * A frame that came.
     *
     * @param data decoded as Latin-1
     */
    record Frame(int number, String command, String data) {

        /** The status of an answer; 0 if there is none. */
        int status() {
            return command.equals("rsp") && data.matches("(?s)\\d{3}(\\D.*)?")
                    ? Integer.parseInt(data.substring(0, 3))
                    : 0;
        }
    }

    static int after(int number) {
        return number == LAST_NUMBER ? 1 : number + 1;
    }

    static void open(int number, Outgoing out) {
        out.putDecimal(number);
        out.put(OPEN);
        out.putDecimal(OFFERS.length);
        out.put(' ');
        out.put(OFFERS);
        out.put('\n');
    }

    static void syslog(int number, Message message, Outgoing out) {
        out.putDecimal(number);
        out.put(SYSLOG);
        out.putDecimal(message.bytes());
        out.put(' ');
        out.put(message.head());
        out.put(message.body());
        out.put('\n');
    }

    static void close(int number, Outgoing out) {
        out.putDecimal(number);
        out.put(CLOSE);
    }
}
