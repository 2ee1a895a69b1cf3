package dev.pintle.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
    @TempDir
    Path folder;

    private PemFiles files;

    private void write(TestCertificate pair) {
        pair.writeTo(folder);
        files = new PemFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keysOfTheseKindsAreTaken(String algorithm) throws KeyStoreException {
        TestCertificate pair = TestCertificate.make(algorithm);
        write(pair);
        assertThat(files.keyStore(files.read()).getCertificate(PemFiles.ALIAS)).isEqualTo(pair.x509());
    }

    @Test
    void aKeyOfTheSameKindThatIsNotTheCertificatesIsRefused() throws IOException {
        write(TestCertificate.make("Ed25519"));
        Files.writeString(files.key(), TestCertificate.make("Ed25519").key());
        assertThatThrownBy(() -> files.keyStore(files.read())).hasMessageContaining("does not match the certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                -----BEGIN ENCRYPTED PRIVATE KEY-----
                AAAA
                -----END ENCRYPTED PRIVATE KEY-----
                """, """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """})
    void ofAnEncryptedKeyItIsSaidHowToDecryptIt(String key) throws IOException {
        write(TestCertificate.make("EC"));
        Files.writeString(files.key(), key);
        assertThatThrownBy(() -> files.keyStore(files.read()))
                .hasMessage("the file " + files.key()
                        + " holds an encrypted private key, and the node has no password for"
                        + " it; decrypt it with: openssl pkey -in OLD -out NEW.");
    }

    @Test
    void ofAKeyInAnotherFormItIsSaidHowToTurnIt() throws IOException {
        write(TestCertificate.make("EC"));
        Files.writeString(files.key(), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> files.keyStore(files.read()))
                .hasMessageContaining("holds no private key in PKCS #8")
                .hasMessageEndingWith("convert it with: openssl pkey -in OLD -out NEW.");
    }
}
