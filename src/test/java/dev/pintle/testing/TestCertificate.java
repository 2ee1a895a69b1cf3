package dev.pintle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for localhost, created by keytool of the JDK.
 *
 * @param certificate as PEM
 * @param key as PEM
 */
public record TestCertificate(X509Certificate x509, String certificate, String key) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Creates a certificate with a key of type {@code RSA}, {@code EC} or {@code Ed25519}. */
    public static TestCertificate make(String algorithm) {
        return make(algorithm, "san=dns:localhost,ip:127.0.0.1");
    }

    /** The same for another host name. */
    public static TestCertificate of(String algorithm, String name) {
        return make(algorithm, "san=dns:" + name);
    }

    private static TestCertificate make(String algorithm, String extension) {
        Path store = TestDirectories.create("certificate-").resolve("store.p12");
        Keytool.run(
                store,
                PASSWORD,
                Keytool.newKey("gateway", algorithm, "CN=localhost", "-ext", extension, "-validity", "2"));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            X509Certificate x509 = (X509Certificate) keys.getCertificate("gateway");
            Key key = keys.getKey("gateway", PASSWORD);
            return new TestCertificate(
                    x509, pem("CERTIFICATE", x509.getEncoded()), pem("PRIVATE KEY", key.getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate", e);
        }
    }

    public TestCertificate writeTo(Path folder) {
        try {
            Files.writeString(folder.resolve("tls.crt"), certificate);
            Files.writeString(folder.resolve("tls.key"), key);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an SSL context that trusts only this certificate. */
    public SSLContext trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("gateway", x509);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no trust", e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }
}
