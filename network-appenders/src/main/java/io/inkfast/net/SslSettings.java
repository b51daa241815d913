package io.inkfast.net;

import io.inkfast.internal.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The element {@code <ssl>}: TLS, with the peer's certificate and name always verified. With nothing in it there is no TLS;
 * {@code <enabled>true</enabled>} alone trusts whom the JVM trusts. Files are read again when they have changed, so they
 * may be replaced at any time.
 *
 * @since 0.1.0
 */
public final class SslSettings {

    private @Nullable String enabled;
    private @Nullable String trustStore;
    private @Nullable String trustStorePassword;
    private @Nullable String keyStore;
    private @Nullable String keyStorePassword;
    private @Nullable String trustCertificates;
    private @Nullable String certificate;
    private @Nullable String key;

    /** Called by Logback. */
    public SslSettings() {}

    /** Whether there is TLS; true by default if anything else is set. */
    public void setEnabled(String flag) {
        enabled = flag;
    }

    /** A keystore, PKCS #12 or JKS, with the certificates of those whom we trust. */
    public void setTrustStore(String file) {
        trustStore = file;
    }

    /** The password of the trust store, if it has one; none by default. */
    public void setTrustStorePassword(String secret) {
        trustStorePassword = secret;
    }

    /** A file in PEM format with the certificates of those whom we trust, in the place of a trust store. */
    public void setTrustCertificates(String file) {
        trustCertificates = file;
    }

    /** A keystore, PKCS #12 or JKS, with our own key and certificate, for a peer that wants to know who we are. */
    public void setKeyStore(String file) {
        keyStore = file;
    }

    /** The password of the keystore and of the key in it; none by default. */
    public void setKeyStorePassword(String secret) {
        keyStorePassword = secret;
    }

    /** A file in PEM format with our own certificate, and those that lead to its root, in the place of a keystore. */
    public void setCertificate(String file) {
        certificate = file;
    }

    /** A file in PEM format with our own key: PKCS #8, not encrypted. */
    public void setKey(String file) {
        key = file;
    }

    /** Reads them; problems are added to {@code settings}. Null if there is no TLS. */
    public @Nullable Tls read(Settings settings) {
        Path store = settings.path("trustStore", trustStore);
        Path trusted = settings.path("trustCertificates", trustCertificates);
        Path keys = settings.path("keyStore", keyStore);
        Path own = settings.path("certificate", certificate);
        Path ownKey = settings.path("key", key);
        if (store != null && trusted != null) {
            settings.problem("only one of <trustStore> and <trustCertificates> can be used");
        }
        if (keys != null && own != null) {
            settings.problem("only one of <keyStore> and <certificate> can be used");
        }
        if ((own == null) != (ownKey == null)) {
            settings.problem("<certificate> and <key> need each other");
        }
        boolean any = store != null || trusted != null || keys != null || own != null;
        return settings.flag("enabled", enabled, any)
                ? new Tls(
                        store,
                        settings.text("trustStorePassword", trustStorePassword),
                        trusted,
                        keys,
                        settings.text("keyStorePassword", keyStorePassword),
                        own,
                        ownKey)
                : null;
    }
}
