package io.inkfast.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS as it is configured. What is in the files is read for each connection. Any thread; never printed.
 *
 * @since 0.1.0
 */
public final class Tls {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final String[] ALGORITHMS = {"RSA", "EC", "Ed25519"};

    private final @Nullable Path trustStore;
    private final @Nullable String trustStorePassword;
    private final @Nullable Path trustCertificates;
    private final @Nullable Path keyStore;
    private final @Nullable String keyStorePassword;
    private final @Nullable Path certificate;
    private final @Nullable Path key;

    /** Trusts whom the JVM trusts. */
    static Tls ofJvm() {
        return new Tls(null, null, null, null, null, null, null);
    }

    Tls(
            @Nullable Path trustStore,
            @Nullable String trustStorePassword,
            @Nullable Path trustCertificates,
            @Nullable Path keyStore,
            @Nullable String keyStorePassword,
            @Nullable Path certificate,
            @Nullable Path key) {
        this.trustStore = trustStore;
        this.trustStorePassword = trustStorePassword;
        this.trustCertificates = trustCertificates;
        this.keyStore = keyStore;
        this.keyStorePassword = keyStorePassword;
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * TLS on a connection, with the certificate and the name verified; the socket is closed if that fails.
     *
     * @param limit  of the whole handshake
     * @param thread with which the name of the thread begins that keeps to it
     */
    SSLSocket wrap(Socket socket, HostPort peer, Duration limit, String thread) throws IOException {
        try {
            SSLSocket tls =
                    (SSLSocket) context().getSocketFactory().createSocket(socket, peer.host(), peer.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            handshake(tls, socket, limit, thread);
            return tls;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /* A limit for each read would not end it with a peer that says a byte now and then. */
    private static void handshake(SSLSocket tls, Socket socket, Duration limit, String thread) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Thread watch = new Thread(null, () -> closeAfter(limit, socket, late), thread + "-handshake", 0, false);
        watch.setDaemon(true);
        watch.setContextClassLoader(Tls.class.getClassLoader());
        watch.start();
        try {
            tls.startHandshake();
        } catch (IOException e) {
            throw late.get()
                    ? new SocketTimeoutException("the handshake took longer than " + limit.toMillis() + " ms")
                    : e;
        } finally {
            watch.interrupt();
        }
    }

    private static void closeAfter(Duration limit, Socket socket, AtomicBoolean late) {
        try {
            Thread.sleep(limit.toMillis());
            late.set(true);
            socket.close();
        } catch (InterruptedException | IOException e) {
            // It was in time; or the socket is closed already.
            return;
        }
    }

    /** Another number when a file was replaced. */
    long stamp() throws IOException {
        long stamp = 1;
        for (Path file : new @Nullable Path[] {trustStore, trustCertificates, keyStore, certificate, key}) {
            stamp = 31 * stamp
                    + (file == null ? 0 : Files.getLastModifiedTime(file).toMillis() * 31 + Files.size(file));
        }
        return stamp;
    }

    /** Of the files as they are now. */
    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = keys();
            TrustManagerFactory trust = trust();
            context.init(
                    keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the files of <ssl> cannot be used: " + e.getMessage(), e);
        }
    }

    /** Whom we trust, of the files as they are now; null for whom the JVM trusts. For libraries that speak TLS themselves. */
    public @Nullable TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = null;
        if (trustStore != null) {
            trusted = load(trustStore, trustStorePassword);
        } else if (trustCertificates != null) {
            trusted = empty();
            int number = 0;
            for (Certificate each : certificates(trustCertificates)) {
                trusted.setCertificateEntry("trusted-" + number++, each);
            }
        }
        if (trusted == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    /** Who we are, of the files as they are now; null for nobody. */
    public @Nullable KeyManagerFactory keys() throws GeneralSecurityException, IOException {
        KeyStore own;
        char[] password = keyStorePassword == null ? new char[0] : keyStorePassword.toCharArray();
        if (keyStore != null) {
            own = load(keyStore, keyStorePassword);
        } else if (certificate != null && key != null) {
            own = empty();
            own.setKeyEntry("own", privateKey(key), password, certificates(certificate));
        } else {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, password);
        return factory;
    }

    private static KeyStore load(Path file, @Nullable String password) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate[] found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(new Certificate[0]);
            if (found.length == 0) {
                throw new IOException("[" + file + "] has no certificate");
            }
            return found;
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException("[" + file + "] has no key in PEM format, PKCS #8, not encrypted");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            PrivateKey found = privateKey(spec, algorithm);
            if (found != null) {
                return found;
            }
        }
        throw new IOException("[" + file + "] has a key that is neither RSA, EC nor Ed25519");
    }

    private static @Nullable PrivateKey privateKey(PKCS8EncodedKeySpec spec, String algorithm)
            throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            return null;
        }
    }
}
