package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.crypto.Sha256;
import dev.pintle.testing.PageWalk;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Client certificates at a whole gateway, over HTTP/1.1 and HTTP/2. */
class ClientCertificateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = TestDirectories.create("certificates-");

    private static RawUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        TestCertificates.issue("billing", "ca", "uri:spiffe://example.org/billing,dns:billing.svc.example.org");
        TestCertificates.issue("former", "ca", "uri:spiffe://example.org/billing");
        TestCertificates.issue("forged", "untrusted", "uri:spiffe://example.org/billing");
        write("ca.pem", TestCertificates.certificate("ca"));
        write("revoked.pem", TestCertificates.revocations());
        write("tls.crt", TestCertificates.certificate("localhost"));
        write("tls.key", TestCertificates.key("localhost"));
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = start("request");
        route("partners", "{\"anyOf\": [\"clientCertificate\"]}");
        route("forwarded", "{\"anyOf\": [\"clientCertificate\"], \"forwardCredentials\": true}");
        route("optional", "{\"anyOf\": [\"clientCertificate\"], \"optional\": true, \"forwardCredentials\": true}");
        gateway.route("public", "/public", upstream.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aCertificateOfAnAuthorityPassesAndNoneIsChallenged(Version version) throws Exception {
        assertThat(get(version, "billing", "/partners").statusCode()).isEqualTo(200);
        HttpResponse<String> anonymous = get(version, null, "/partners");

        assertThat(anonymous.version()).isEqualTo(version);
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(code(anonymous)).isEqualTo("unauthenticated");
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("ClientCertificate realm=\"partners\"");
    }

    @ParameterizedTest
    @CsvSource({"forged", "expired"})
    void aCertificateOfAnotherAuthorityOrAfterItsEndFailsTheHandshake(String certificate) {
        for (Version version : Version.values()) {
            assertThatThrownBy(() -> get(version, certificate, "/public")).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"uri": ["spiffe://example.org/billing"]}                        | billing | 200
            {"uri": ["spiffe://example.org/*"]}                              | billing | 200
            {"uri": ["spiffe://example.org/billing/*"]}                      | billing | 401
            {"uri": ["spiffe://example.org/bill"]}                           | billing | 401
            {"dns": ["billing.svc.example.org"]}                             | billing | 200
            {"dns": ["*.svc.example.org"]}                                   | billing | 200
            {"dns": ["*.example.org"]}                                       | billing | 200
            {"dns": ["svc.example.org"]}                                     | billing | 401
            {"dns": ["*.billing.svc.example.org"]}                           | billing | 401
            {"dns": ["other.example.org"], "uri": ["spiffe://example.org/*"]} | billing | 200
            {"dns": ["*.example.org"], "uri": ["spiffe://example.org/*"]}     | blue    | 401
            """)
    void onlyAListedNamePasses(String names, String certificate, int status) throws Exception {
        route("named", "{\"anyOf\": [\"clientCertificate\"], \"clientCertificate\": " + names + "}");

        HttpResponse<String> answer = get(Version.HTTP_1_1, certificate, "/named");

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertThat(code(answer)).isEqualTo("credentials-invalid");
        }
    }

    @Test
    void theUpstreamLearnsTheVerifiedCertificateAndNoForgedOne() throws Exception {
        String[] forged = {"Client-Cert", ":Zm9yZ2Vk:", "Client-Cert-Chain", ":Zm9yZ2Vk:", "Client_Cert", ":Zm9yZ2Vk:"};

        get(Version.HTTP_2, "billing", "/forwarded", forged);
        assertThat(last("client-cert"))
                .isEqualTo(":" + TestCertificates.certificate("billing").replaceAll("-----[A-Z ]+-----|\n", "") + ":");
        assertThat(last("client-cert-chain")).isNull();
        for (String path : List.of("/optional", "/public")) {
            get(Version.HTTP_1_1, null, path, forged);
            assertThat(upstream.requests().getLast().fields())
                    .as(path)
                    .doesNotContainKeys("client-cert", "client-cert-chain", "client_cert");
        }
        get(Version.HTTP_1_1, "billing", "/partners", forged);
        assertThat(last("client-cert")).as("not asked for").isNull();
    }

    @Test
    void theNamesOfACertificateAreClaims() throws Exception {
        gateway.route("claims", "/claims", upstream.url(), """
                , "authentication": {"anyOf": ["clientCertificate"]},
                "authorization": {"claims": {"certificate.uri": ["spiffe://example.org/billing"]}},
                "headers": {"request": {"set": {"X-Partner": "{claim.certificate.subject}"}}}""");

        assertThat(get(Version.HTTP_1_1, "billing", "/claims", "X-Partner", "forged")
                        .statusCode())
                .isEqualTo(200);
        assertThat(last("x-partner")).isEqualTo("CN=billing");
        assertThat(code(get(Version.HTTP_1_1, "blue", "/claims"))).isEqualTo("forbidden");
    }

    @Test
    void aConsumerHasCertificatesByNameUntilTheyAreTakenAway() throws Exception {
        gateway.admin("PUT", "/api/v1/consumers/acme", "{\"groups\": [\"gold\"]}");
        gateway.route("acme", "/acme", upstream.url(), """
                , "authentication": {"anyOf": ["clientCertificate"]}, "authorization": {"consumers": ["acme"]},
                "headers": {"request": {"set": {"X-Consumer": "{consumer.id}"}}}""");
        assertThat(code(get(Version.HTTP_1_1, "billing", "/acme"))).isEqualTo("forbidden");

        for (String name : List.of(
                "{\"uri\": \"spiffe://example.org/billing\"}",
                "{\"dns\": \"billing.svc.example.org\"}",
                "{\"sha256\": \"" + Sha256.hex(TestCertificates.encoded("billing")) + "\"}")) {
            HttpResponse<String> given = gateway.admin("POST", "/api/v1/consumers/acme/certificates", name);
            assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
            assertThat(gateway.admin("POST", "/api/v1/consumers/acme/certificates", name)
                            .statusCode())
                    .as("a certificate has one consumer")
                    .isEqualTo(409);
            assertThat(get(Version.HTTP_1_1, "billing", "/acme").statusCode()).isEqualTo(200);
            assertThat(last("x-consumer")).isEqualTo("acme");
            assertThat(code(get(Version.HTTP_1_1, "blue", "/acme"))).isEqualTo("forbidden");
            String id = JSON.readTree(given.body()).path("id").asText();
            assertThat(gateway.admin("GET", "/api/v1/consumers/acme/certificates", "")
                            .body())
                    .contains(id, name.substring(1, name.indexOf(':')));
            assertThat(gateway.admin("GET", "/api/v1/consumers/acme/keys", "").body())
                    .doesNotContain(id);
            assertThat(gateway.admin("DELETE", "/api/v1/consumers/acme/certificates/" + id, "")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(code(get(Version.HTTP_1_1, "billing", "/acme"))).isEqualTo("forbidden");
        }
    }

    @Test
    void aDisabledConsumerAndAnExpiredCredentialAreRefused() throws Exception {
        gateway.admin("PUT", "/api/v1/consumers/gone", "{}");
        gateway.admin(
                "POST",
                "/api/v1/consumers/gone/certificates",
                "{\"sha256\": \"" + Sha256.hex(TestCertificates.encoded("green")) + "\"}");
        assertThat(get(Version.HTTP_1_1, "green", "/partners").statusCode()).isEqualTo(200);
        gateway.admin("PUT", "/api/v1/consumers/gone", "{\"enabled\": false}");
        assertThat(code(get(Version.HTTP_1_1, "green", "/partners"))).isEqualTo("credentials-invalid");

        gateway.admin("PUT", "/api/v1/consumers/late", "{}");
        gateway.admin(
                "POST",
                "/api/v1/consumers/late/certificates",
                "{\"expires\": \"2020-01-01T00:00:00Z\", \"sha256\": \"" + Sha256.hex(TestCertificates.encoded("blue"))
                        + "\"}");
        assertThat(code(get(Version.HTTP_1_1, "blue", "/partners"))).isEqualTo("credentials-invalid");
        gateway.admin("DELETE", "/api/v1/consumers/late", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                             | pointer":""
            {"uri": "spiffe://a/b", "dns": "a.example.org"} | pointer":""
            {"uri": "billing"}                             | /uri
            {"dns": "Billing.example.org"}                 | /dns
            {"sha256": "AA:BB"}                            | /sha256
            {"uri": "spiffe://a/b", "expires": "soon"}     | /expires
            {"uri": "spiffe://a/b", "email": "a@b"}        | /email
            """)
    void aCertificateWithoutOneUsableNameIsReported(String request, String pointer) {
        gateway.admin("PUT", "/api/v1/consumers/strict", "{}");

        HttpResponse<String> refused = gateway.admin("POST", "/api/v1/consumers/strict/certificates", request);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(pointer);
    }

    @Test
    void theCommandsOfThePageDoWhatItSays() throws Exception {
        gateway.route("orders", "/orders", upstream.url());
        write("partner.pem", TestCertificates.certificate("billing"));
        write("partner.key", TestCertificates.key("billing"));

        Map<String, String> places = Map.of(
                "https://localhost:8443", "https://localhost:" + gateway.port(),
                "http://127.0.0.1:8081", gateway.adminUrl(),
                "gateway-ca.pem", FOLDER.resolve("ca.pem").toString(),
                "partner.pem", FOLDER.resolve("partner.pem").toString(),
                "partner.key", FOLDER.resolve("partner.key").toString());
        assertThat(new PageWalk("mtls-from-partners.md", places).run()).isEqualTo(6);
    }

    @Test
    void aRevocationEndsOpenConnectionsAndFailsNewOnes() throws Exception {
        HttpClient former = client(Version.HTTP_2, "former");
        HttpClient other = client(Version.HTTP_2, "billing");
        assertThat(get(former, "/partners").statusCode()).isEqualTo(200);
        assertThat(get(other, "/partners").statusCode()).isEqualTo(200);

        write("revoked.pem", TestCertificates.revocations("former"));

        await().untilAsserted(
                        () -> assertThatThrownBy(() -> get(former, "/partners")).isInstanceOf(IOException.class));
        assertThat(get(other, "/partners").statusCode()).isEqualTo(200);
        write("revoked.pem", "broken");
        assertThatThrownBy(() -> get(Version.HTTP_1_1, "former", "/partners")).isInstanceOf(IOException.class);
        assertThat(get(Version.HTTP_1_1, "billing", "/partners").statusCode()).isEqualTo(200);
        write("revoked.pem", TestCertificates.revocations("former"));
    }

    @Test
    void aConnectorCanRequireACertificate() throws Exception {
        try (TestGateway strict = start("require")) {
            strict.route("public", "/public", upstream.url());
            URI url = URI.create("https://127.0.0.1:" + strict.port() + "/public");

            assertThat(client(Version.HTTP_2, "billing")
                            .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> client(Version.HTTP_2, null)
                            .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"dns": []}                  | /authentication/clientCertificate/dns
            {"dns": ["*"]}               | /authentication/clientCertificate/dns/0
            {"dns": ["a.*.example.org"]} | /authentication/clientCertificate/dns/0
            {"dns": ["Example.org"]}     | /authentication/clientCertificate/dns/0
            {"uri": ["example.org"]}     | /authentication/clientCertificate/uri/0
            {"uri": ["spiffe://a/b*"]}   | /authentication/clientCertificate/uri/0
            {"uri": ["spiffe://*/b"]}    | /authentication/clientCertificate/uri/0
            {"email": ["a@b"]}           | /authentication/clientCertificate/email
            """)
    void namesThatNoCertificateHasAreReported(String names, String pointer) {
        HttpResponse<String> refused = gateway.admin("PUT", "/api/v1/routes/bad", """
                {"match": {"path": "/bad"}, "upstream": {"targets": [{"url": "%s"}]},
                 "authentication": {"anyOf": ["clientCertificate"], "clientCertificate": %s}}""".formatted(upstream.url(), names));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
    }

    private static TestGateway start(String request) {
        List<String> settings = new ArrayList<>();
        List.of(
                        "type=h2",
                        "certificate=" + FOLDER.resolve("tls.crt"),
                        "key=" + FOLDER.resolve("tls.key"),
                        "clientCertificate=" + request,
                        "clientAuthorities=" + FOLDER.resolve("ca.pem"),
                        "clientRevocations=" + FOLDER.resolve("revoked.pem"),
                        "reloadInterval=50ms")
                .forEach(setting -> settings.add("server.applicationConnectors[0]." + setting));
        return TestGateway.start(settings.toArray(String[]::new));
    }

    private static void route(String id, String authentication) {
        gateway.route(id, "/" + id, upstream.url(), ", \"authentication\": " + authentication);
    }

    private static HttpClient client(Version version, @Nullable String certificate) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(TestCertificates.client(certificate))
                .build();
    }

    private static HttpResponse<String> get(
            Version version, @Nullable String certificate, String path, String... headers) throws Exception {
        try (HttpClient client = client(version, certificate)) {
            return get(client, path, headers);
        }
    }

    private static HttpResponse<String> get(HttpClient client, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static @Nullable String last(String header) {
        return upstream.requests().getLast().field(header);
    }

    private static String code(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body()).path("code").asText();
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(FOLDER.resolve(name), text);
    }
}
