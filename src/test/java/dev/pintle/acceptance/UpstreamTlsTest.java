package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TlsUpstream;
import dev.pintle.testing.TruncatingTlsUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway connects only to the right TLS upstream, with the client certificate of the route. */
class UpstreamTlsTest {
    private static final Path FOLDER = TestDirectories.create("client-certificates-");
    private static TestGateway gateway;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @BeforeAll
    static void start() throws IOException {
        install("blue", "blue");
        install("changing", "blue");
        gateway = TestGateway.start(
                "clientCertificates.blue.certificate=" + FOLDER.resolve("blue.pem"),
                "clientCertificates.blue.key=" + FOLDER.resolve("blue.key"),
                "clientCertificates.changing.certificate=" + FOLDER.resolve("changing.pem"),
                "clientCertificates.changing.key=" + FOLDER.resolve("changing.key"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static void install(String file, String certificate) throws IOException {
        Files.writeString(FOLDER.resolve(file + ".pem"), TestCertificates.certificate(certificate));
        Files.writeString(FOLDER.resolve(file + ".key"), TestCertificates.key(certificate));
    }

    @Test
    void theAuthorityOfTheRouteIsTrusted() {
        route("trusted", trusting("ca"), known("localhost").url());
        assertThat(body("/trusted")).isEqualTo("TLSv1.3 for - from anonymous with 0");
    }

    @Test
    void theNameOfTheUrlIsSentAndVerified() {
        route("named", trusting("ca"), "https://localhost:" + known("localhost").port());
        assertThat(body("/named")).startsWith("TLSv1.3 for localhost ");
    }

    @Test
    void anUntrustedAuthorityIs502() {
        TlsUpstream upstream = known("localhost");
        gateway.route("unknown", "/unknown", upstream.url(), "");
        assertUnreachable("/unknown", "its certificate is from an untrusted authority");
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void theAuthoritiesOfTheRouteReplaceTheDefaultOnes() {
        route("untrusted", trusting("untrusted"), known("localhost").url());
        assertUnreachable("/untrusted", "its certificate is from an untrusted authority");
    }

    @Test
    void aCertificateForAnotherNameIs502() {
        route("wrong", trusting("ca"), known("elsewhere").url());
        assertUnreachable("/wrong", "its certificate is for another name");
    }

    @Test
    void aCertificateThatHasExpiredIs502() {
        route("expired", trusting("ca"), known("expired").url());
        assertUnreachable("/expired", "its certificate has expired");
    }

    @Test
    void anUpstreamWithoutTlsIs502() {
        String url = fixture.upstream(RawUpstream.answers(200, "plain")).url().replace("http:", "https:");
        route("plain", trusting("ca"), url);
        assertUnreachable("/plain", "the TLS handshake failed");
    }

    @Test
    void aFailedHandshakeCountsForTheCircuitBreaker() {
        gateway.route(
                "breaks", "/breaks", known("expired").url(), ", \"circuitBreaker\": {\"consecutiveFailures\": 1}");
        assertUnreachable("/breaks", "authority");
        assertThat(gateway.get("/breaks").body()).contains("\"code\":\"circuit-open\"");
    }

    @Test
    void theServerNameOfTheRouteReplacesThatOfTheUrl() {
        ObjectNode tls = trusting("ca").put("serverName", "upstream.test");
        route("renamed", tls, known("elsewhere").url());
        assertThat(body("/renamed")).isEqualTo("TLSv1.3 for upstream.test from anonymous with 0");
    }

    @Test
    void anUpstreamWithTls12IsSupported() {
        route(
                "older",
                trusting("ca"),
                fixture.keep(TlsUpstream.as("localhost", "TLSv1.2")).url());
        assertThat(body("/older")).startsWith("TLSv1.2 ");
    }

    @Test
    void aRouteMayMixTargetsWithAndWithoutTls() {
        RawUpstream plain = fixture.upstream(RawUpstream.answers(200, "plain"));
        route("mixed", trusting("ca"), known("localhost").url(), plain.url());
        Set<String> bodies = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            bodies.add(body("/mixed"));
        }
        assertThat(bodies).containsExactlyInAnyOrder("plain", "TLSv1.3 for - from anonymous with 0");
    }

    @Test
    void aBodyOfUnknownLengthArrivesComplete() {
        route("upload", trusting("ca"), known("localhost").url());
        HttpResponse<String> response = TestGateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/upload"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[1 << 20])))
                .build());
        assertThat(response.body()).endsWith(" with 1048576");
    }

    @Test
    void aTlsConnectionIsReused() {
        TlsUpstream upstream = known("localhost");
        route("again", trusting("ca"), upstream.url());
        for (int i = 0; i < 5; i++) {
            body("/again");
        }
        assertThat(upstream.connections()).isEqualTo(1);
    }

    /** A client could otherwise choose the answer to another client's request. */
    @Test
    void recordsThatArriveBetweenRequestsAreNoAnswer() throws IOException {
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
        TruncatingTlsUpstream upstream = fixture.keep(TruncatingTlsUpstream.that(response + "hello"));
        upstream.keepsConnections();
        route("unsolicited", trusting("ca"), upstream.url());
        for (int connections = 1; connections < 10; connections++) {
            assertThat(body("/unsolicited")).isEqualTo("hello");
            assertThat(upstream.sendUnsolicited(response + "bogus")).isEqualTo(connections);
        }
    }

    @Test
    void eachRouteSendsItsOwnClientCertificate() {
        TlsUpstream upstream = known("localhost");
        route("blue", trusting("ca").put("clientCertificate", "blue"), upstream.url());
        route("anonymous", trusting("ca"), upstream.url());
        for (int i = 0; i < 3; i++) {
            assertThat(body("/blue")).contains("from CN=blue");
            assertThat(body("/anonymous")).contains("from anonymous");
        }
    }

    @Test
    void aChangedClientCertificateIsUsedWithoutARestart() {
        TlsUpstream upstream = known("localhost");
        route("changing", trusting("ca").put("clientCertificate", "changing"), upstream.url());
        assertThat(body("/changing?close")).contains("from CN=blue");
        replace("changing.pem", TestCertificates.certificate("green"));
        assertThat(body("/changing?close")).as("before the key is written").contains("from CN=blue");
        replace("changing.key", TestCertificates.key("green"));
        assertThat(body("/changing?close")).contains("from CN=green");
    }

    private static void replace(String file, String content) {
        try {
            Path path = FOLDER.resolve(file);
            FileTime before = Files.getLastModifiedTime(path);
            Files.writeString(path, content);
            Files.setLastModifiedTime(path, FileTime.fromMillis(before.toMillis() + 1_000));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void healthChecksVerifyCertificatesLikeRequests() {
        TlsUpstream upstream = known("localhost");
        ObjectNode check = JsonNodeFactory.instance
                .objectNode()
                .put("interval", "100ms")
                .put("unhealthyAfter", 1)
                .put("healthyAfter", 1);
        route("checked", trusting("untrusted"), check, upstream.url());
        await().until(() -> gateway.get("/checked").body().contains("\"code\":\"no-healthy-target\""));
        route("checked", trusting("ca"), check, upstream.url());
        await().until(() -> gateway.get("/checked").statusCode() == 200);
    }

    @Test
    void anUnknownClientCertificateIsRejectedWithTheKnownNames() {
        HttpResponse<String> response =
                put("none", trusting("ca").put("clientCertificate", "red"), null, "https://a.test");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .contains(
                        "/upstream/tls/clientCertificate",
                        "not among the clientCertificates of config.yml: blue, changing");
    }

    private TlsUpstream known(String certificate) {
        return fixture.keep(TlsUpstream.as(certificate));
    }

    private static ObjectNode trusting(String authority) {
        return JsonNodeFactory.instance.objectNode().put("caBundle", TestCertificates.certificate(authority));
    }

    private static void route(String id, ObjectNode tls, String... urls) {
        route(id, tls, null, urls);
    }

    private static void route(String id, ObjectNode tls, ObjectNode check, String... urls) {
        HttpResponse<String> response = put(id, tls, check, urls);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    private static HttpResponse<String> put(String id, ObjectNode tls, ObjectNode check, String... urls) {
        ObjectNode route = JsonNodeFactory.instance.objectNode();
        route.putObject("match").put("path", "/" + id);
        ObjectNode upstream = route.putObject("upstream");
        for (String url : urls) {
            upstream.withArray("targets").addObject().put("url", url);
        }
        upstream.set("tls", tls);
        if (check != null) {
            upstream.set("healthCheck", check);
        }
        return gateway.admin("PUT", "/api/v1/routes/" + id, route.toString());
    }

    private static String body(String path) {
        HttpResponse<String> response = gateway.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static void assertUnreachable(String path, String because) {
        HttpResponse<String> response = gateway.get(path);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"code\":\"upstream-unreachable\"", because);
    }
}
