package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.Configuration;
import dev.pintle.config.ExportFile;
import dev.pintle.config.VersionedDocument;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import dev.pintle.testing.TestDirectories;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random edits, batches, restores and reverts give the same result as a model. */
class HistoryFuzzTest {
    private static final List<String> IDS = List.of("a", "b", "c", "d");
    private static final List<String> PATCHES = List.of(
            "{}",
            "{\"enabled\": null}",
            "{\"enabled\": true}",
            "{\"maxRequestBody\": \"1MiB\"}",
            "{\"maxRequestBody\": null, \"enabled\": false}",
            "{\"timeout\": {\"total\": \"9s\"}}",
            "{\"timeout\": null}");
    private static final List<String> DEFAULTS =
            List.of("{}", "{\"timeout\": {\"total\": \"40s\"}}", "{\"maxRequestBody\": \"2MiB\", \"retry\": {}}");
    private static final int OPERATIONS = 25;

    private static AdminApiHarness admin;

    @BeforeContainer
    static void open() throws Exception {
        admin = new AdminApiHarness(TestDirectories.create("history-"));
        admin.put("a", route("a", new Random(0)));
    }

    @AfterContainer
    static void close() {
        admin.close();
    }

    @Property(tries = 8)
    void theHistoryMatchesTheModel(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        HistoryModel model = begin();
        for (int i = 0; i < OPERATIONS; i++) {
            operate(model, random);
            assertThat(exported()).isEqualTo(model.export(model.latest(), model.latest()));
        }
        for (long number = model.first(); number <= model.latest(); number++) {
            assertThat(get("/" + number + "/configuration").body()).isEqualTo(model.export(number, number));
        }
    }

    private static HistoryModel begin() throws Exception {
        List<String> edits = new ArrayList<>(List.of("{\"defaults\": {}}"));
        admin.sync.current().routes().keySet().forEach(id -> edits.add("{\"delete\": \"" + id + "\"}"));
        change(edits);
        return new HistoryModel(admin.sync.current().revision());
    }

    private static void operate(HistoryModel model, Random random) throws Exception {
        switch (random.nextInt(7)) {
            case 0, 1 -> put(model, random);
            case 2 -> putDefaults(model, random);
            case 3 -> batch(model, random);
            case 4 -> restore(model, random);
            case 5 -> restoreSome(model, random);
            default -> revert(model, random);
        }
    }

    private static void put(HistoryModel model, Random random) throws Exception {
        String id = pick(IDS, random);
        String json = route(id, random);
        assertThat(admin.put(id, json).status()).isBetween(200, 201);
        model.putRoute(id, json);
    }

    private static void putDefaults(HistoryModel model, Random random) throws Exception {
        String json = pick(DEFAULTS, random);
        assertThat(admin.call("PUT", "/api/v1/defaults").send(json).status()).isEqualTo(200);
        model.putDefaults(json);
    }

    private static void batch(HistoryModel model, Random random) throws Exception {
        List<String> edits = new ArrayList<>();
        Map<String, String> documents = new HashMap<>();
        for (String id : IDS) {
            boolean exists = model.routes().contains(id);
            switch (random.nextInt(4)) {
                case 0 -> {
                    String json = route(id, random);
                    edits.add("{\"put\": " + json + "}");
                    documents.put(id, json);
                }
                case 1 -> {
                    if (exists) {
                        String patch = pick(PATCHES, random);
                        edits.add("{\"patch\": {\"id\": \"%s\", \"merge\": %s}}".formatted(id, patch));
                        documents.put(id, model.patched(id, patch));
                    }
                }
                case 2 -> {
                    if (exists) {
                        edits.add("{\"delete\": \"" + id + "\"}");
                        documents.put(id, null);
                    }
                }
                default -> {}
            }
        }
        edits.add("{\"defaults\": {}}");
        documents.put("", "{}");
        change(edits);
        model.write(documents);
    }

    private static void restore(HistoryModel model, Random random) throws Exception {
        long number = pick(model, random);
        assertThat(post("/" + number + "/restore").status()).isEqualTo(200);
        model.restore(number);
        assertThat(exported()).isEqualTo(model.export(number, model.latest()));
    }

    private static void restoreSome(HistoryModel model, Random random) throws Exception {
        Set<String> ids = new TreeSet<>(model.routes());
        if (ids.isEmpty()) {
            return;
        }
        ids.removeIf(id -> ids.size() > 1 && random.nextBoolean());
        long number = pick(model, random);
        Reply reply = post("/" + number + "/restore?routes=" + String.join(",", ids));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        model.restore(number, ids);
    }

    private static void revert(HistoryModel model, Random random) throws Exception {
        long number = pick(model, random);
        if (number == model.first()) {
            return;
        }
        Reply reply = post("/" + number + "/revert");
        if (model.isRevertible(number)) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            model.revert(number);
            assertThat(get("/" + number).json().path("state").asText()).isEqualTo("reverted");
        } else {
            assertThat(reply.code()).isEqualTo("revert-conflict");
        }
    }

    /** Returns a route with a unique path and its keys in one of two orders. */
    private static String route(String id, Random random) {
        String match = "\"match\": {\"path\": \"/%s%d\"}".formatted(id, random.nextInt(3));
        String upstream = "\"upstream\": {\"targets\": [{\"url\": \"http://127.0.0.1:9\"}]}";
        return random.nextBoolean()
                ? "{\"id\": \"%s\", %s, %s}".formatted(id, match, upstream)
                : "{%s, \"id\": \"%s\", %s}".formatted(upstream, id, match);
    }

    private static long pick(HistoryModel model, Random random) {
        return model.first() + random.nextInt(Math.toIntExact(model.latest() - model.first() + 1));
    }

    private static <T> T pick(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static void change(List<String> edits) throws Exception {
        Reply reply = admin.call("POST", "/api/v1/changes").send("{\"edits\": [" + String.join(", ", edits) + "]}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static Reply get(String path) throws Exception {
        return admin.get("/api/v1/revisions" + path);
    }

    private static Reply post(String path) throws Exception {
        return admin.call("POST", "/api/v1/revisions" + path).send();
    }

    /** Returns the output of {@code routes export}. */
    private static String exported() throws Exception {
        Configuration stored = admin.store.readAll();
        return ExportFile.text(
                stored.revision(),
                stored.defaults().json(),
                stored.routes().values().stream().map(VersionedDocument::json).toList());
    }
}
