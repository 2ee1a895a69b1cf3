package dev.pintle.policy.grpcweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.GrpcUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients of gRPC-Web call a server of grpc-java. */
class GrpcWebTest {
    private static final byte[] MESSAGE = {0, 0, 0, 0, 2, 'h', 'i'};
    private static final String TRAILERS = "\200\0\0\0\20grpc-status: 0\r\n";
    private static GrpcUpstream server;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        server = GrpcUpstream.start();
        gateway = TestGateway.start();
        assertThat(route("web", "h2c").statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void theTrailersOfACallAreItsLastFrame() throws Exception {
        HttpResponse<byte[]> response = call("Unary", "application/grpc-web+proto", MESSAGE);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/grpc-web");
        assertThat(new String(response.body(), StandardCharsets.ISO_8859_1)).isEqualTo("\0\0\0\0\2hi" + TRAILERS);
    }

    @Test
    void theTextFormIsBase64() throws Exception {
        HttpResponse<byte[]> response =
                call("Unary", "application/grpc-web-text", Base64.getEncoder().encode(MESSAGE));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/grpc-web-text");
        String body = new String(response.body(), StandardCharsets.ISO_8859_1);
        String trailers = Base64.getEncoder().encodeToString(TRAILERS.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(body).endsWith(trailers);
        assertThat(body).startsWith("AAAAAAJoaQ");
    }

    @Test
    void theStatusOfACallWithoutMessagesIsAHeader() throws Exception {
        HttpResponse<byte[]> response = call("Fail", "application/grpc-web", new byte[] {0, 0, 0, 0, 1, '5'});
        assertThat(response.headers().firstValue("grpc-status")).hasValue("5");
    }

    @Test
    void anUpstreamOfHttp1IsRefused() {
        HttpResponse<String> refused = route("old", "http1");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("/grpcWeb", "needs an upstream.protocol of HTTP/2");
    }

    private static HttpResponse<String> route(String id, String protocol) {
        return gateway.admin("PUT", "/api/v1/routes/" + id, """
                {"match": {"path": "/test.Echo"}, "grpcWeb": true,
                 "upstream": {"targets": [{"url": "%s"}], "protocol": "%s"}}""".formatted(server.url(), protocol));
    }

    private static HttpResponse<byte[]> call(String method, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/test.Echo/" + method))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
