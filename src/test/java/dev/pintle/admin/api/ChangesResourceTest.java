package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch applies many edits as one revision. */
class ChangesResourceTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @BeforeEach
    void empty() throws Exception {
        String[] deletes = admin.sync.current().routes().keySet().stream()
                .map(id -> "{\"delete\": \"" + id + "\"}")
                .toArray(String[]::new);
        if (deletes.length > 0) {
            assertThat(change(deletes).status()).isEqualTo(200);
        }
        admin.call("PUT", "/api/v1/defaults").send("{}");
    }

    @Test
    void aBatchCreatesOneRevision() throws Exception {
        admin.put("users", route("/users"));
        admin.put("orders", route("/orders"));
        long before = admin.sync.current().revision();

        Reply changed = admin.call("POST", "/api/v1/changes")
                .with("Pintle-Reason", "spring")
                .send(batch(
                        put("carts", "/carts"),
                        "{\"patch\": {\"id\": \"users\", \"merge\": {\"enabled\": false}}, \"kind\": \"route\"}",
                        "{\"delete\": \"orders\"}",
                        "{\"defaults\": {\"timeout\": {\"total\": \"5s\"}}}"));

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.field("Pintle-Revision")).isEqualTo(Long.toString(before + 1));
        assertThat(changed.json().path("revision").asLong()).isEqualTo(before + 1);
        assertThat(changed.json().path("changes"))
                .extracting(change ->
                        change.path("id").asText() + ' ' + change.path("op").asText())
                .containsExactly("defaults update", "carts create", "orders delete", "users update");
        JsonNode revision = admin.get("/api/v1/revisions/" + (before + 1)).json();
        assertThat(revision.path("cause").asText()).isEqualTo("batch");
        assertThat(revision.path("reason").asText()).isEqualTo("spring");
        assertThat(admin.sync.current().routes()).containsOnlyKeys("carts", "users");
        assertThat(admin.get("/api/v1/routes/users").json().path("enabled").asBoolean(true))
                .isFalse();
        assertThat(admin.get("/api/v1/defaults").json().at("/timeout/total").asText())
                .isEqualTo("5s");
    }

    @Test
    void aBatchMaySwapTheMatchesOfTwoRoutes() throws Exception {
        change(put("one", "/one"), put("two", "/two"));

        assertThat(change(put("one", "/two"), put("two", "/one")).status()).isEqualTo(200);
    }

    @Test
    void aBatchWithoutEffectCreatesNoRevision() throws Exception {
        admin.put("users", route("/users"));
        long before = admin.sync.current().revision();

        Reply changed = change("{\"patch\": {\"id\": \"users\", \"merge\": {}}}", "{\"defaults\": {}}");

        assertThat(changed.body()).isEqualTo("{\"revision\":" + before + ",\"changes\":[]}");
    }

    @Test
    void oneInvalidEditOfTenStoresNothingAndReportsAllViolations() throws Exception {
        List<String> edits = IntStream.range(0, 10)
                .mapToObj(i -> put("r" + i, "/r" + i))
                .collect(Collectors.toCollection(ArrayList::new));
        edits.set(
                6,
                "{\"put\": {\"id\": \"r6\", \"match\": {\"path\": \"r6\"}, \"upstream\": {\"targets\": [{\"url\": \"ftp://h\"}]}}}");
        long before = admin.sync.current().revision();

        Reply refused = change(edits.toArray(String[]::new));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("invalid");
        assertThat(refused.pointers())
                .containsExactlyInAnyOrder("/edits/6/put/match/path", "/edits/6/put/upstream/targets/0/url");
        assertThat(admin.sync.current().revision()).isEqualTo(before);
        assertThat(admin.sync.current().routes()).isEmpty();
    }

    @Test
    void violationsOfAllEditsAreReportedTogether() throws Exception {
        admin.put("users", route("/users"));

        Reply refused = change(
                "{}",
                "{\"put\": {\"match\": {\"path\": \"/x\"}}}",
                "{\"patch\": {\"id\": \"users\", \"merge\": {\"colour\": 1, \"timeout\": {\"total\": \"x\"}}}}",
                "{\"patch\": {\"id\": \"nosuch\", \"merge\": {}}}",
                "{\"delete\": \"absent\"}",
                "{\"defaults\": {\"retry\": {\"max\": -1}}}",
                "{\"put\": {\"id\": \"new\", \"id2\": 1, \"match\": {\"path\": \"/new\"}, \"upstream\": {\"targets\": [{\"url\": \"http://h\"}]}}}");

        assertThat(refused.pointers())
                .containsExactlyInAnyOrder(
                        "/edits/0",
                        "/edits/1/put/id",
                        "/edits/2/patch/merge/colour",
                        "/edits/2/patch/merge/timeout/total",
                        "/edits/3/patch/id",
                        "/edits/4/delete",
                        "/edits/5/defaults/retry/max",
                        "/edits/6/put/id2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"edits\": []}; /edits",
                "{}; /edits",
                "{\"edits\": {}}; /edits",
                "{\"edits\": null}; /edits",
                "[]; ''",
                "{\"edits\": [{\"delete\": \"a\", \"put\": {\"id\": \"b\"}}]}; /edits/0",
                "{\"edits\": [7]}; /edits/0",
                "{\"edits\": [{\"delete\": 7}]}; /edits/0/delete",
                "{\"edits\": [{\"put\": 7}]}; /edits/0/put/id",
                "{\"edits\": [{\"put\": {\"id\": null}}]}; /edits/0/put/id",
                "{\"edits\": [{\"patch\": {\"id\": \"a\"}}]}; /edits/0/patch/merge",
                "{\"edits\": [{\"patch\": {\"id\": \"a\", \"merge\": {}, \"x~/\": 1}}]}; /edits/0/patch/x~0~1",
                "{\"edits\": [{\"delete\": \"a\", \"reason\": \"x\"}]}; /edits/0/reason",
                "{\"edits\": [{\"delete\": \"a\", \"kind\": \"widget\"}]}; /edits/0/kind",
                "{\"edits\": [{\"delete\": \"a\", \"kind\": 7}]}; /edits/0/kind",
                "{\"edits\": [{\"defaults\": []}]}; /edits/0/defaults",
                "{\"edits\": [{\"defaults\": {}}], \"more\": 1}; /more",
                "{\"edits\": [{\"defaults\": {}}], \"ifRevision\": \"1\"}; /ifRevision",
                "{\"edits\": [{\"defaults\": {}}], \"ifRevision\": -1}; /ifRevision",
                "{\"edits\": [{\"defaults\": {}}], \"ifRevision\": 1.5}; /ifRevision"
            })
    void aMalformedBatchIsRefusedWithAPointer(String body, String pointer) throws Exception {
        Reply refused = admin.call("POST", "/api/v1/changes").send(body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).contains(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delete\": \"users\"}",
                "{\"patch\": {\"id\": \"users\", \"merge\": {}}}",
                "{\"put\": {\"id\": \"users\", \"match\": {\"path\": \"/u\"}, \"upstream\": {\"targets\": [{\"url\": \"http://h\"}]}}}"
            })
    void theSameRouteTwiceIsRefused(String second) throws Exception {
        admin.put("users", route("/users"));

        Reply refused = change("{\"patch\": {\"id\": \"users\", \"merge\": {\"enabled\": false}}}", second);

        assertThat(refused.pointers()).hasSize(1);
        assertThat(refused.pointers().getFirst()).startsWith("/edits/1/");
        assertThat(refused.body()).contains("/edits/0/patch/id");
    }

    @Test
    void theDefaultsTwiceAreRefused() throws Exception {
        assertThat(change("{\"defaults\": {}}", "{\"defaults\": {}}").pointers())
                .containsExactly("/edits/1/defaults");
    }

    @Test
    void aPatchCannotChangeTheId() throws Exception {
        admin.put("users", route("/users"));

        assertThat(change("{\"patch\": {\"id\": \"users\", \"merge\": {\"id\": \"people\"}}}")
                        .pointers())
                .containsExactly("/edits/0/patch/merge/id");
    }

    @Test
    void aBatchHasAtMostAThousandEdits() throws Exception {
        String[] edits = IntStream.rangeClosed(0, 1_000)
                .mapToObj(i -> put("r" + i, "/r" + i))
                .toArray(String[]::new);

        assertThat(change(edits).pointers()).containsExactly("/edits");
        edits[1_000] = edits[0];
        assertThat(change(Arrays.copyOf(edits, 1_000)).status()).isEqualTo(200);
    }

    @Test
    void defaultsAndRoutesOfABatchAreCheckedAgainstEachOther() throws Exception {
        admin.put("patient", route("/patient", ", \"timeout\": {\"attempt\": \"20s\"}"));
        String fast = "{\"defaults\": {\"timeout\": {\"total\": \"5s\"}}}";

        Reply broken = change(fast);
        assertThat(broken.pointers()).containsExactly("/edits/0/defaults/timeout/attempt");
        assertThat(broken.body()).contains("breaks route patient");
        assertThat(change(
                                fast,
                                "{\"put\": {\"id\": \"slow\", \"match\": {\"path\": \"/slow\"}, \"timeout\": {\"attempt\": \"9s\"},"
                                        + " \"upstream\": {\"targets\": [{\"url\": \"http://h\"}]}}}",
                                "{\"delete\": \"patient\"}")
                        .pointers())
                .containsExactly("/edits/1/put/timeout/attempt");
        assertThat(change(fast, "{\"patch\": {\"id\": \"patient\", \"merge\": {\"timeout\": null}}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDuplicateMatchIsRefused() throws Exception {
        admin.put("users", route("/users"));
        long before = admin.sync.current().revision();

        Reply taken = change(put("orders", "/orders"), put("people", "/users"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("match-conflict");
        assertThat(taken.json().path("route").asText()).isEqualTo("users");
        assertThat(change(put("one", "/same"), put("two", "/same")).code()).isEqualTo("match-conflict");
        assertThat(dryRun(put("people", "/users")).code()).isEqualTo("match-conflict");
        assertThat(admin.sync.current().revision()).isEqualTo(before);
    }

    @Test
    void aBatchForAnotherRevisionIsRefused() throws Exception {
        long now = admin.sync.current().revision();
        String edits = "{\"edits\": [" + put("users", "/users") + "], \"ifRevision\": ";

        Reply refused = admin.call("POST", "/api/v1/changes").send(edits + (now - 1) + "}");
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.code()).isEqualTo("precondition-failed");
        assertThat(admin.call("POST", "/api/v1/changes")
                        .send(edits + (now + 1) + "}")
                        .status())
                .isEqualTo(412);
        assertThat(admin.call("POST", "/api/v1/changes").send(edits + now + "}").status())
                .isEqualTo(200);
    }

    @Test
    void onlyOneOfSeveralBatchesForARevisionIsStored() throws Exception {
        long now = admin.sync.current().revision();
        Callable<Integer> writer = () -> admin.call("POST", "/api/v1/changes")
                .send("{\"edits\": ["
                        + put("users", "/users-" + Thread.currentThread().threadId()) + "], \"ifRevision\": " + now
                        + "}")
                .status();

        assertThat(atOnce(List.of(writer, writer, writer, writer))).containsExactlyInAnyOrder(200, 412, 412, 412);
        assertThat(admin.sync.current().revision()).isEqualTo(now + 1);
    }

    @Test
    void concurrentBatchesAreEachStoredCompletely() throws Exception {
        long before = admin.sync.current().revision();
        List<Callable<Integer>> writers = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(writer -> () -> change(IntStream.range(0, 20)
                                .mapToObj(i ->
                                        "{\"put\": {\"id\": \"r%d\", \"description\": \"%d\", \"match\": {\"path\": \"/r%d\"}, \"upstream\": {\"targets\": [{\"url\": \"http://h\"}]}}}"
                                                .formatted(i, writer, i))
                                .toArray(String[]::new))
                        .status())
                .toList();

        assertThat(atOnce(writers)).containsOnly(200);
        assertThat(admin.sync.current().revision()).isEqualTo(before + 8);
        assertThat(admin.sync.current().routes()).hasSize(20);
        assertThat(admin.sync.current().routes().values().stream()
                        .map(route -> route.json().path("description").asText())
                        .distinct())
                .hasSize(1);
    }

    private static List<Integer> atOnce(List<Callable<Integer>> writers) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(writers)) {
                statuses.add(status.get());
            }
        }
        return statuses;
    }

    @Test
    void aDryRunReturnsTheDifferencesAndStoresNothing() throws Exception {
        admin.put("users", route("/users"));
        admin.put("orders", route("/orders", ", \"timeout\": {\"total\": \"7s\"}"));
        long before = admin.sync.current().revision();

        Reply dry = dryRun(
                put("carts", "/carts"),
                "{\"patch\": {\"id\": \"users\", \"merge\": {\"enabled\": false}}}",
                "{\"defaults\": {\"timeout\": {\"total\": \"5s\"}}}");

        assertThat(dry.status()).as(dry.body()).isEqualTo(200);
        JsonNode json = dry.json();
        assertThat(json.path("from").asLong()).isEqualTo(before);
        assertThat(json.path("summary")).hasToString("{\"create\":1,\"update\":2,\"delete\":0,\"effective\":1}");
        assertThat(json.at("/changes/0/patch"))
                .hasToString("[{\"op\":\"add\",\"path\":\"/timeout\",\"value\":{\"total\":\"5s\"}}]");
        assertThat(json.at("/changes/2/patch")).hasToString("[{\"op\":\"add\",\"path\":\"/enabled\",\"value\":false}]");
        assertThat(json.path("effective"))
                .hasToString("[{\"route\":\"users\",\"pointer\":\"/timeout/total\","
                        + "\"from\":\"30s\",\"to\":\"5s\",\"origin\":\"defaults\"}]");
        assertThat(json.path("lint")).isEmpty();
        assertThat(json.path("lint").isArray()).isTrue();
        assertThat(admin.sync.current().revision()).isEqualTo(before);
        assertThat(admin.get("/api/v1/routes/carts").status()).isEqualTo(404);
    }

    @Test
    void aDryRunReportsTheViolationsOfAWrite() throws Exception {
        assertThat(dryRun("{\"put\": {\"id\": \"a\"}}").status()).isEqualTo(422);
        assertThat(admin.call("POST", "/api/v1/changes?dryRun=true")
                        .send("{\"edits\": [{\"defaults\": {}}], \"ifRevision\": 0}")
                        .status())
                .isEqualTo(412);
        assertThat(admin.call("POST", "/api/v1/changes?dryRun=maybe")
                        .send(batch("{\"defaults\": {}}"))
                        .status())
                .isEqualTo(400);
        assertThat(admin.call("POST", "/api/v1/changes?dryRun=false")
                        .send(batch("{\"defaults\": {}}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aViewerCannotChangeAnything() throws Exception {
        assertThat(admin.view("POST", "/api/v1/changes")
                        .send(batch("{\"defaults\": {}}"))
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void aBatchMayBeLargerThanOtherBodies() throws Exception {
        String padding = "x".repeat(900);
        String[] edits = IntStream.range(0, 1_000)
                .mapToObj(i -> put("r" + i, "/r" + i).replace("\"id\"", "\"description\": \"" + padding + "\", \"id\""))
                .toArray(String[]::new);

        assertThat(change(edits).status()).isEqualTo(200);
        assertThat(admin.call("POST", "/api/v1/changes")
                        .send(" ".repeat(17 << 20))
                        .status())
                .isEqualTo(413);
    }

    private static String put(String id, String path) {
        return "{\"put\": {\"id\": \"%s\", \"match\": {\"path\": \"%s\"}, \"upstream\": {\"targets\": [{\"url\": \"http://127.0.0.1:9\"}]}}}"
                .formatted(id, path);
    }

    private static String batch(String... edits) {
        return Stream.of(edits).collect(Collectors.joining(", ", "{\"edits\": [", "]}"));
    }

    private static Reply change(String... edits) throws Exception {
        return admin.call("POST", "/api/v1/changes").send(batch(edits));
    }

    private static Reply dryRun(String... edits) throws Exception {
        return admin.call("POST", "/api/v1/changes?dryRun=true").send(batch(edits));
    }
}
