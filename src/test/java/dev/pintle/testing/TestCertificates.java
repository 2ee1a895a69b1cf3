package dev.pintle.testing;

import dev.pintle.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Certificates of private authorities, created by keytool of the JDK. The test JVMs of a build share the first ones. */
public final class TestCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final List<List<String>> FIRST = List.of(
            authority("ca"),
            authority("untrusted"),
            signed("localhost", "EC", "-ext", "san=dns:localhost,ip:127.0.0.1,ip:::1"),
            signed("elsewhere", "RSA", "-ext", "san=dns:upstream.test"),
            signed("expired", "EC", "-ext", "san=dns:localhost,ip:127.0.0.1", "-startdate", "-10d", "-validity", "5"),
            signed("blue", "EC"),
            signed("green", "RSA"));

    private static final TestCertificates ALL = new TestCertificates();

    private final Path file = TestDirectories.create("certificates-").resolve("all.p12");
    private KeyStore store;

    private TestCertificates() {
        String name = Sha256.hex(FIRST.toString()).substring(0, 16) + ".p12";
        SharedFile.provide(name, file, () -> FIRST.forEach(this::keytool));
        store = read(file);
    }

    private static KeyStore read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore read = KeyStore.getInstance("PKCS12");
            read.load(in, PASSWORD);
            return read;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the key store of keytool", e);
        }
    }

    /**
     * Creates the certificate of a client.
     *
     * @param authority {@code ca} or {@code untrusted}
     * @param names such as {@code uri:spiffe://example.org/billing,dns:billing.example.org}
     */
    public static void issue(String name, String authority, String names) {
        synchronized (ALL) {
            ALL.keytool(newKey(name, "EC", "-signer", authority, "-ext", "san=" + names));
            ALL.store = read(ALL.file);
        }
    }

    /** Returns the list of the certificates that {@code ca} revoked, as PEM. */
    public static String revocations(String... names) {
        synchronized (ALL) {
            List<String> arguments = new ArrayList<>(List.of("-gencrl", "-rfc", "-alias", "ca"));
            for (String name : names) {
                arguments.addAll(List.of("-id", ALL.serial(name)));
            }
            return ALL.keytool(arguments);
        }
    }

    /** Returns the TLS of a client that has this certificate and trusts {@code ca}; null: no certificate. */
    public static SSLContext client(@Nullable String name) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(keyStore("localhost"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(name == null ? null : new KeyManager[] {new Presenting(name)}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Presents a certificate to every server, even to one that asks for other authorities. */
    private static final class Presenting extends X509ExtendedKeyManager {
        private final String name;

        Presenting(String name) {
            this.name = name;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return name;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return name;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            try {
                return Arrays.stream(ALL.store.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toArray(X509Certificate[]::new);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return (PrivateKey) ALL.privateKey(alias);
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {name};
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private String serial(String name) {
        try {
            return ((X509Certificate) store.getCertificate(name))
                    .getSerialNumber()
                    .toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns a certificate as PEM.
     *
     * @param name of the authorities {@code ca} and {@code untrusted}; or of those that {@code ca} signed: {@code
     *     localhost}, {@code elsewhere} (upstream.test), {@code expired}, {@code blue} and {@code green} (clients)
     */
    public static String certificate(String name) {
        return pem("CERTIFICATE", encoded(name));
    }

    /** Returns a certificate in DER. */
    public static byte[] encoded(String name) {
        try {
            return ALL.store.getCertificate(name).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the private key as PEM. */
    public static String key(String name) {
        return pem("PRIVATE KEY", ALL.privateKey(name).getEncoded());
    }

    /** Returns the key store of a server with this certificate. */
    static KeyStore keyStore(String name) {
        try {
            KeyStore alone = KeyStore.getInstance("PKCS12");
            alone.load(null, null);
            Certificate[] chain = ALL.store.getCertificateChain(name);
            alone.setKeyEntry(name, ALL.privateKey(name), PASSWORD, chain);
            alone.setCertificateEntry("ca", ALL.store.getCertificate("ca"));
            return alone;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static char[] password() {
        return PASSWORD.clone();
    }

    private Key privateKey(String name) {
        try {
            return store.getKey(name, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    private static List<String> authority(String name) {
        return newKey(name, "EC", "-ext", "bc:c");
    }

    private static List<String> signed(String name, String algorithm, String... further) {
        List<String> all = new ArrayList<>(List.of("-signer", "ca"));
        all.addAll(List.of(further));
        return newKey(name, algorithm, all.toArray(String[]::new));
    }

    private static List<String> newKey(String name, String algorithm, String... further) {
        return Keytool.newKey(name, algorithm, "CN=" + name, further);
    }

    private String keytool(List<String> arguments) {
        return Keytool.run(file, PASSWORD, arguments);
    }
}
