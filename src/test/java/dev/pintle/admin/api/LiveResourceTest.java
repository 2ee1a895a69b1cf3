package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.introspection.LiveFeed;
import dev.pintle.testing.AdminApiHarness;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Viewers receive the state of the node as an event per second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveResourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private AdminApiHarness admin;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    void stop() {
        admin.close();
    }

    @Test
    void eachEventHasTheStateAndTheTrafficSinceTheOneBefore() throws Exception {
        assertThat(admin.put("users", """
                {"match": {"path": "/users"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}""").status()).isEqualTo(201);
        assertThat(admin.call("PUT", "/api/v1/circuits/users")
                        .send("{\"state\": \"open\", \"duration\": \"10m\", \"reason\": \"drill\"}")
                        .status())
                .isEqualTo(200);
        HttpResponse<InputStream> stream = open("/api/v1/live?route=users");
        try (BufferedReader lines = reader(stream)) {
            assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(lines.readLine()).isEqualTo("retry: 1000");
            JsonNode first = next(lines);
            assertThat(first.path("database").asBoolean()).isTrue();
            assertThat(first.path("revision").asLong()).isEqualTo(1);
            assertThat(first.findValuesAsText("target")).contains("http://127.0.0.1:9");
            assertThat(first.path("circuits")
                            .path(0)
                            .path("forced")
                            .path("reason")
                            .asText())
                    .isEqualTo("drill");

            JsonNode second = next(lines);
            assertThat(second.path("traffic").path("requests").isNumber()).isTrue();
            assertThat(second.path("route").path("requests").isNumber()).isTrue();
        }
    }

    @Test
    void aNodeRefusesListenersAboveItsMaximum() throws Exception {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        try {
            HttpResponse<InputStream> latest = open("/api/v1/live");
            while (latest.statusCode() == 200 && open.size() <= LiveFeed.MAX_LISTENERS) {
                open.add(latest);
                latest = open("/api/v1/live");
            }
            assertThat(latest.statusCode()).isEqualTo(503);
            assertThat(new String(latest.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("too-many-listeners");
        } finally {
            for (HttpResponse<InputStream> each : open) {
                each.body().close();
            }
        }
    }

    @Test
    void aStreamNeedsAToken() throws Exception {
        assertThat(admin.anonymous("GET", "/api/v1/live").send().status()).isEqualTo(401);
        assertThat(admin.view("HEAD", "/api/v1/live").send().status()).isEqualTo(200);
    }

    private HttpResponse<InputStream> open(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(admin.url() + path))
                        .header("Authorization", "Bearer " + AdminApiHarness.VIEWER)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader reader(HttpResponse<InputStream> stream) {
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode next(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return JSON.readTree(String.valueOf(line).substring("data: ".length()));
    }
}
