package dev.pintle.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.testing.TestCertificates;
import dev.pintle.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificatesTest {
    @TempDir
    Path folder;

    @Test
    void keysOfRsaAndOfEllipticCurvesAreRead() throws IOException {
        ClientCertificates certificates = new ClientCertificates(Map.of(
                "rsa", files(TestCertificates.certificate("green"), TestCertificates.key("green")),
                "ec", files(TestCertificates.certificate("blue"), TestCertificates.key("blue"))));
        assertThat(certificates.names()).containsExactly("ec", "rsa");
        assertThatThrownBy(() -> certificates.named("other"))
                .hasMessage(
                        "/upstream/tls/clientCertificate: \"other\" is not among the clientCertificates in config.yml of"
                                + " this node");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertFault(new PemFiles(folder.resolve("gone.pem"), folder.resolve("gone.key")), "gone.pem does not exist.");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertFault(new PemFiles(folder, folder), "cannot be read (");
    }

    @Test
    void aFileWithoutACertificateIsNamed() throws IOException {
        assertFault(files("nothing", TestCertificates.key("blue")), "holds no certificate");
    }

    @Test
    void aFileWithoutAKeyIsNamed() throws IOException {
        assertFault(files(TestCertificates.certificate("blue"), "nothing"), "holds no private key in PKCS #8");
    }

    @Test
    void aDamagedKeyIsNamedAndNotShown() throws IOException {
        String damaged = TestCertificates.key("blue").replaceFirst("\n....", "\nAAAA");
        assertThatThrownBy(() ->
                        new ClientCertificates(Map.of("it", files(TestCertificates.certificate("blue"), damaged))))
                .hasMessageContaining("neither RSA, EC nor Ed25519, or is damaged")
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws IOException {
        assertFault(
                files(TestCertificates.certificate("blue"), TestCertificates.key("localhost")),
                "does not match the certificate");
        assertFault(
                files(TestCertificates.certificate("blue"), TestCertificates.key("green")),
                "does not match the certificate");
    }

    private PemFiles files(String certificate, String key) throws IOException {
        Path one = Files.createTempFile(folder, "one", ".pem");
        Path other = Files.createTempFile(folder, "other", ".key");
        return new PemFiles(Files.writeString(one, certificate), Files.writeString(other, key));
    }

    private static void assertFault(PemFiles files, String fault) {
        assertThatThrownBy(() -> new ClientCertificates(Map.of("it", files)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("clientCertificates.it: ")
                .hasMessageContaining(fault);
    }
}
