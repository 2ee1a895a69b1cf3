package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.object;
import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PATCH changes parts of a route. */
class PatchTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    @Test
    void onlyTheNamedPartsChange() throws Exception {
        admin.put(
                "parts",
                route("/parts", ", \"timeout\": {\"total\": \"20s\", \"idle\": \"5s\"}, \"maxRequestBody\": \"1MiB\""));
        ObjectNode expected = object(admin.get("/api/v1/routes/parts").body());
        expected.withObject("/timeout").put("total", "25s");
        expected.remove("maxRequestBody");

        Reply patched = patch("parts", "{\"timeout\": {\"total\": \"25s\"}, \"maxRequestBody\": null}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json()).isEqualTo(expected);
        assertThat(admin.get("/api/v1/routes/parts").json()).isEqualTo(expected);
        assertThat(admin.get("/api/v1/routes/parts").field("ETag")).isEqualTo(patched.field("ETag"));
    }

    @Test
    void plainJsonIsAcceptedAsAPatch() throws Exception {
        admin.put("plain", route("/plain"));

        Reply patched = admin.call("PATCH", "/api/v1/routes/plain").send("{\"enabled\": false}");

        assertThat(patched.json().path("enabled").asBoolean(true)).isFalse();
    }

    @Test
    void theResultOfAPatchMustBeAValidRoute() throws Exception {
        admin.put("whole", route("/whole"));

        assertThat(patch("whole", "{\"upstream\": null, \"retry\": {\"max\": 99}}")
                        .pointers())
                .containsExactlyInAnyOrder("/upstream", "/retry/max");
        assertThat(patch("whole", "[]").pointers()).containsExactly("");
        assertThat(patch("whole", "{\"id\": \"renamed\"}").pointers()).containsExactly("/id");
        assertThat(admin.get("/api/v1/routes/whole").json().at("/match/path").asText())
                .isEqualTo("/whole");
    }

    @Test
    void aPatchCannotRemoveTheId() throws Exception {
        admin.put("stays", route("/stays"));

        assertThat(patch("stays", "{\"id\": null, \"enabled\": true}")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo("stays");
    }

    @Test
    void aMissingRouteCannotBePatched() throws Exception {
        assertThat(patch("nothing", "{}").status()).isEqualTo(404);
    }

    @Test
    void concurrentPatchesAllApply() throws Exception {
        admin.put("busy", route("/busy"));
        List<Callable<Reply>> patches = List.of(
                () -> patch("busy", "{\"description\": \"x\"}"),
                () -> patch("busy", "{\"enabled\": false}"),
                () -> patch("busy", "{\"maxRequestBody\": \"7B\"}"),
                () -> patch("busy", "{\"timeout\": {\"idle\": \"7s\"}}"));

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(patches.size())) {
            for (Future<Reply> patched : clients.invokeAll(patches)) {
                statuses.add(patched.get().status());
            }
        }

        assertThat(statuses).containsOnly(200);
        assertThat(admin.get("/api/v1/routes/busy").json())
                .isEqualTo(object(route(
                        "/busy",
                        ", \"id\": \"busy\", \"description\": \"x\", \"enabled\": false, \"maxRequestBody\": \"7B\","
                                + " \"timeout\": {\"idle\": \"7s\"}")));
    }

    private static Reply patch(String id, String patch) throws Exception {
        return admin.call("PATCH", "/api/v1/routes/" + id)
                .as("application/merge-patch+json")
                .send(patch);
    }
}
