package dev.pintle.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoUpstreamTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private DemoUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = DemoUpstream.start(0);
    }

    @AfterEach
    void stop() {
        upstream.close();
        client.close();
    }

    @Test
    void helloReturnsTheRequest() throws Exception {
        HttpResponse<String> response = send(request("/hello?a=%22b")
                .header("X-Forwarded-For", "192.0.2.7")
                .header("Accept", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("ignored")));

        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json.path("message").asText()).startsWith("Hello");
        assertThat(json.path("method").asText()).isEqualTo("POST");
        assertThat(json.path("path").asText()).isEqualTo("/hello?a=%22b");
        assertThat(json.path("fields").toString()).isEqualTo("{\"x-forwarded-for\":\"192.0.2.7\"}");
    }

    @Test
    void otherPathsAre404() throws Exception {
        assertThat(send(request("/hello/you")).statusCode()).isEqualTo(404);
    }

    @Test
    void headHasContentLengthAndNoBody() throws Exception {
        HttpResponse<String> response = send(request("/hello").HEAD());

        assertThat(response.headers().firstValueAsLong("Content-Length")).isNotEmpty();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aTakenPortIsRefused() {
        assertThatThrownBy(() -> DemoUpstream.start(upstream.port())).isInstanceOf(BindException.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + upstream.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
