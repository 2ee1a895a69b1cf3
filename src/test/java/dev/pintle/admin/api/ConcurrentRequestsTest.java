package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent requests without a precondition all succeed, also on several nodes. */
class ConcurrentRequestsTest {
    private static final int REQUESTS = 64;

    private AdminApiHarness node;
    private AdminApiHarness other;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        node = new AdminApiHarness(folder);
        other = node.another();
    }

    @AfterEach
    void close() {
        other.close();
        node.close();
    }

    @Test
    void concurrentPostsWithoutIdGetDifferentIds() throws Exception {
        List<Reply> replies = atOnce(i -> node(i).call("POST", "/api/v1/routes")
                .send(route("/orders", ", \"description\": \"" + i + "\"")
                        .replace("\"/orders\"", "\"/orders\", \"headers\": {\"X-N\": \"" + i + "\"}")));

        assertThat(replies).extracting(Reply::status).containsOnly(201);
        assertThat(replies.stream().map(reply -> reply.field("Location")).collect(Collectors.toSet()))
                .hasSize(REQUESTS);
        assertThat(node.store.readAll().routes()).hasSize(REQUESTS);
        assertThat(node.store.readAll().revision()).isEqualTo(REQUESTS);
    }

    @Test
    void concurrentPatchesOfDisjointKeysAllApply() throws Exception {
        assertThat(node.put("shared", route("/shared")).status()).isEqualTo(201);
        other.sync.catchUp();

        List<Reply> replies = atOnce(i -> node(i).call("PATCH", "/api/v1/routes/shared")
                .send("{\"match\": {\"headers\": {\"X-" + i + "\": \"1\"}}}"));

        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(node.store.readAll().routes().get("shared").json().at("/match/headers"))
                .hasSize(REQUESTS);
    }

    private AdminApiHarness node(int request) {
        return request % 4 == 0 ? other : node;
    }

    private interface Request {
        Reply send(int number) throws Exception;
    }

    private static List<Reply> atOnce(Request request) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> sent = IntStream.range(0, REQUESTS)
                    .mapToObj(i -> threads.submit(() -> request.send(i)))
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : sent) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
