package dev.pintle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates of private authorities, created by keytool of the JDK once per process. */
public final class TestCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final TestCertificates ALL = new TestCertificates();

    private final Path file = TestDirectories.create("certificates-").resolve("all.p12");
    private final KeyStore store;

    private TestCertificates() {
        authority("ca");
        authority("stranger");
        signed("localhost", "EC", "-ext", "san=dns:localhost,ip:127.0.0.1,ip:::1");
        signed("elsewhere", "RSA", "-ext", "san=dns:upstream.test");
        signed("expired", "EC", "-ext", "san=dns:localhost,ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
        signed("blue", "EC");
        signed("green", "RSA");
        try (InputStream in = Files.newInputStream(file)) {
            store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the key store of keytool", e);
        }
    }

    /**
     * Returns a certificate as PEM.
     *
     * @param name of the authorities {@code ca} and {@code stranger}; or of those that {@code ca} signed: {@code
     *     localhost}, {@code elsewhere} (upstream.test), {@code expired}, {@code blue} and {@code green} (clients)
     */
    public static String certificate(String name) {
        try {
            return pem("CERTIFICATE", ALL.store.getCertificate(name).getEncoded());
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

    private void authority(String name) {
        keytool(name, "EC", "-ext", "bc:c");
    }

    private void signed(String name, String algorithm, String... further) {
        List<String> all = new ArrayList<>(List.of("-signer", "ca"));
        all.addAll(List.of(further));
        keytool(name, algorithm, all.toArray(String[]::new));
    }

    private void keytool(String name, String algorithm, String... further) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(further));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool created no " + name + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
