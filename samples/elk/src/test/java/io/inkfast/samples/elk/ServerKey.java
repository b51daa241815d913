package io.inkfast.samples.elk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and a certificate for this machine's own name, in the files that servers and appenders want. */
final class ServerKey {

    static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";

    private final Path folder;

    /** Makes all of them, in this folder. */
    ServerKey(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        generate();
        KeyStore own = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
        Files.writeString(
                key(),
                pem("PRIVATE KEY", own.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(
                certificate(), pem("CERTIFICATE", own.getCertificate(ALIAS).getEncoded()));
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(trustStore())) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private void generate() throws IOException, InterruptedException {
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        keyStore().toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    /** PKCS 12, with {@link #PASSWORD}. */
    Path keyStore() {
        return folder.resolve("server.p12");
    }

    Path key() {
        return folder.resolve("key.pem");
    }

    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    /** JKS, which is read without a password, too. */
    Path trustStore() {
        return folder.resolve("trust.jks");
    }
}
