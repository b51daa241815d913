package io.inkfast.net;

import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a fault is called in a message: nothing of an event. */
final class Words {

    private static final int MOST_CAUSES = 16;
    private static final int MOST_TEXT = 300;

    private Words() {}

    /* The text of an I/O error is the operating system's, or the library's that speaks with the peer. */
    static String of(Throwable cause) {
        String tls = cause instanceof SSLException ? ofTls(cause) : null;
        if (tls != null) {
            return tls;
        }
        String text = cause instanceof IOException ? cause.getMessage() : null;
        return cause.getClass().getName() + (text == null ? "" : " (" + cut(text) + ")");
    }

    /* Of what a peer has said in the place of an answer, it may be a lot. */
    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MOST_TEXT ? line : line.substring(0, MOST_TEXT) + "...";
    }

    /* The JDK says it in English only, and in the cause that lies deepest. */
    private static @Nullable String ofTls(Throwable fault) {
        Throwable cause = fault;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof CertificateExpiredException) {
                return "the peer's certificate has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the peer's certificate is not valid yet";
            }
            if (text.contains("no name matching") || text.contains("no subject alternative")) {
                return "the peer's certificate is for another host";
            }
            if (text.contains("unable to find valid certification path")
                    || text.contains("trust anchor")
                    || text.contains("signature check failed")) {
                return "the peer's certificate is signed by nobody whom we trust";
            }
            if (text.contains("certificate_required") || text.contains("bad_certificate")) {
                return "the peer wants a certificate of ours, or another one";
            }
            cause = cause.getCause();
        }
        return null;
    }
}
