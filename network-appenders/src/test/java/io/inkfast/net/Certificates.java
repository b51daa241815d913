package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority, and certificates of it, made by the JDK's keytool; all keystores have the password {@value #PASSWORD}. */
public final class Certificates {

    public static final String PASSWORD = "changeit";

    private final Path folder;

    /** Makes the authority. */
    public Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-dname",
                "CN=ca",
                "-keyalg",
                "EC",
                "-ext",
                "bc=ca:true",
                "-keystore",
                "ca.p12");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", "ca.pem", "-keystore", "ca.p12");
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", "ca.pem", "-keystore", "trust.p12");
    }

    /** The authority's certificate, in PEM format. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** A keystore that trusts the authority. */
    public Path trust() {
        return folder.resolve("trust.p12");
    }

    /**
     * A keystore with a key and its certificate.
     *
     * @param names such as {@code dns:localhost,ip:127.0.0.1}
     * @param start such as {@code -2d}, two days ago; it is valid for a day
     */
    public Path of(String alias, String names, String start) throws IOException, InterruptedException {
        String store = alias + ".p12";
        keytool("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-keyalg", "EC", "-keystore", store);
        keytool("-certreq", "-alias", alias, "-file", alias + ".csr", "-keystore", store);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                alias + ".csr",
                "-outfile",
                alias + ".pem",
                "-rfc",
                "-ext",
                "san=" + names,
                "-startdate",
                start,
                "-validity",
                "1",
                "-keystore",
                "ca.p12");
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", "ca.pem", "-keystore", store);
        keytool("-importcert", "-noprompt", "-alias", alias, "-file", alias + ".pem", "-keystore", store);
        return folder.resolve(store);
    }

    /** One that nobody has signed but itself. */
    public Path selfSigned(String names) throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("self.p12"))) {
            return folder.resolve("self.p12");
        }
        keytool(
                "-genkeypair",
                "-alias",
                "self",
                "-dname",
                "CN=self",
                "-keyalg",
                "EC",
                "-ext",
                "san=" + names,
                "-keystore",
                "self.p12");
        return folder.resolve("self.p12");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    }

    /**
     * What a server needs.
     *
     * @param trusted null if it does not want to know who speaks
     */
    public static SSLContext context(Path keys, Path trusted) throws Exception {
        char[] password = PASSWORD.toCharArray();
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(KeyStore.getInstance(keys.toFile(), password), password);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted == null ? null : KeyStore.getInstance(trusted.toFile(), password));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }
}
