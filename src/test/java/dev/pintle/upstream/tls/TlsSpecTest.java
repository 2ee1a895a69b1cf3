package dev.pintle.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.TestCertificates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSpecTest {
    private final ObjectNode tls = JsonNodeFactory.instance.objectNode();

    @Test
    void aBundleMayHoldSeveralCertificatesAndWordsAroundThem() {
        tls.put(
                "caBundle",
                "ours:\n" + TestCertificates.certificate("ca") + "theirs:\r\n"
                        + TestCertificates.certificate("untrusted").replace("\n", "\r\n"));
        assertThat(faults("https://a.test")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "certificate", "-----BEGIN CERTIFICATE-----"})
    void aBundleWithoutACertificateIsAFault(String bundle) {
        tls.put("caBundle", bundle);
        assertFault("/upstream/tls/caBundle", "holds no certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "=", "???"})
    void aDamagedCertificateIsAFaultThatSaysWhichItIs(String content) {
        tls.put(
                "caBundle",
                TestCertificates.certificate("ca") + "-----BEGIN CERTIFICATE-----\n" + content
                        + "\n-----END CERTIFICATE-----\n");
        assertFault("/upstream/tls/caBundle", "has an unreadable certificate, number 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void aPrivateKeyInARouteIsAFaultThatDoesNotShowIt(String label) {
        tls.put(
                "caBundle",
                TestCertificates.certificate("ca") + "-----BEGIN " + label + "-----\nc2VjcmV0\n-----END " + label
                        + "-----\n");
        assertFault("/upstream/tls/caBundle", "contains a private key");
        assertThat(faults("https://a.test").toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void aHugeBundleIsAFault() {
        tls.put("caBundle", "x".repeat(1 << 20));
        assertFault("/upstream/tls/caBundle", "must have at most 262144 characters; it has 1048576");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "upstream.test:443", "https://upstream.test", "*.upstream.test", "bücher.test"})
    void whatIsNoHostNameIsNoServerName(String name) {
        tls.put("serverName", name);
        assertFault("/upstream/tls/serverName", "must be a host name without a port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upstream.test", "users", "10.0.0.1"})
    void aHostNameIsAServerName(String name) {
        tls.put("serverName", name);
        assertThat(faults("https://a.test")).isEmpty();
    }

    @Test
    void aPathIsNoNameOfAClientCertificate() {
        tls.put("clientCertificate", "/etc/client.pem");
        assertFault("/upstream/tls/clientCertificate", "the name of one of the clientCertificates in config.yml");
    }

    @Test
    void thereIsNoWayNotToVerify() {
        tls.put("insecure", true);
        assertFault(
                "/upstream/tls/insecure", "is not a known key; known here: caBundle, serverName, clientCertificate");
    }

    @Test
    void tlsNeedsATargetThatSpeaksIt() {
        assertThat(faults("http://a.test"))
                .extracting(Violation::pointer, Violation::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "/upstream/tls", "applies only to targets that begin with https://; there is none"));
        assertThat(faults("HTTPS://a.test")).isEmpty();
    }

    private void assertFault(String pointer, String message) {
        assertThat(faults("https://a.test")).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo(pointer);
            assertThat(fault.message()).contains(message);
        });
    }

    private List<Violation> faults(String url) {
        ObjectNode route = JsonNodeFactory.instance.objectNode().put("id", "users");
        route.putObject("match").put("path", "/users");
        ObjectNode upstream = route.putObject("upstream");
        upstream.putArray("targets").addObject().put("url", url);
        upstream.set("tls", tls);
        try {
            new DocumentCache(RouteSchema.SCHEMA).route(route);
            return List.of();
        } catch (InvalidSpecException e) {
            return e.violations();
        }
    }
}
