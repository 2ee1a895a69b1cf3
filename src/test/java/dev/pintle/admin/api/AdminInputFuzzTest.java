package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pintle.config.Mutations;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import dev.pintle.testing.TestDirectories;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** No input of a client causes an internal error in the admin API. */
class AdminInputFuzzTest {
    private static final JsonNode EXPLAIN = Mutations.read("""
            {"method": "GET", "url": "http://api.example.com/users/1?v=2", "headers": {"X-Beta": ["1", "2"], "Host": "h"},
             "clientAddress": "203.0.113.7"}""");
    private static final JsonNode FORCE =
            Mutations.read("{\"state\": \"open\", \"duration\": \"10m\", \"reason\": \"maintenance\"}");
    private static final JsonNode BATCH = Mutations.read("""
            {"edits": [{"patch": {"id": "users", "merge": {"description": "x"}}}, {"delete": "there"},
                       {"put": {"id": "new", "match": {"path": "/new"}, "upstream": {"targets": [{"url": "http://h"}]}}},
                       {"defaults": {"timeout": {"total": "20s"}}}], "ifRevision": 1}""");
    private static final List<String> STRINGS = List.of(
            "http://[::1%25lo]",
            "http://999999999999/",
            "http://[::1%lo]",
            "http://a_b:80",
            "http://0x7f.1",
            "http://[v1.x]",
            "http://\u00e9",
            "https://h:65536",
            "999.1.1.1",
            "::1%eth0",
            "5xx",
            "header:\u0000",
            "cookie: ",
            "/8",
            "+999999999-12-31T23:59:59Z",
            "\uD83D\uDE80",
            "999999999999999999d",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "*.example.org",
            "/a%2fb",
            "{}");

    private static AdminApiHarness admin;

    @BeforeContainer
    static void open() throws Exception {
        admin = new AdminApiHarness(TestDirectories.create("fuzz-"));
        admin.put("users", Mutations.ROUTE.toString());
    }

    @AfterContainer
    static void close() {
        admin.close();
    }

    @Property(tries = 60)
    void aRoute(@ForAll long seed) throws Exception {
        String body = mutated(Mutations.ROUTE, new Random(seed));

        for (Reply reply : List.of(
                admin.put("users", body),
                admin.call("POST", "/api/v1/routes").send(body),
                admin.call("PATCH", "/api/v1/routes/users").send(body),
                admin.call("POST", "/api/v1/changes?dryRun=true").send("{\"edits\": [{\"put\": " + body + "}]}"),
                admin.call("POST", "/api/v1/routes/validate").send(body))) {
            assertNoFault(reply, body);
        }
    }

    @Property(tries = 60)
    void defaults(@ForAll long seed) throws Exception {
        String body = mutated(Mutations.DEFAULTS, new Random(seed));

        assertNoFault(admin.call("PUT", "/api/v1/defaults").send(body), body);
        admin.call("PUT", "/api/v1/defaults").send("{}");
    }

    @Property(tries = 60)
    void aQuestion(@ForAll long seed) throws Exception {
        String question = mutated(EXPLAIN, new Random(seed));
        String order = mutated(FORCE, new Random(seed));

        assertNoFault(admin.call("POST", "/api/v1/explain").send(question), question);
        assertNoFault(admin.call("PUT", "/api/v1/circuits/users").send(order), order);
    }

    @Property(tries = 60)
    void aBatch(@ForAll long seed) throws Exception {
        String batch = mutated(BATCH, new Random(seed));

        assertNoFault(admin.call("POST", "/api/v1/changes?dryRun=true").send(batch), batch);
        assertNoFault(admin.call("POST", "/api/v1/changes").send(batch), batch);
    }

    @Property(tries = 150)
    void aPath(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        String id = encoded(random);
        String call = List.of(
                        "GET /api/v1/routes/" + id,
                        "DELETE /api/v1/routes/" + id,
                        "GET /api/v1/routes?limit=" + id + "&after=" + id,
                        "GET /api/v1/limits/users?client=" + id,
                        "DELETE /api/v1/limits/users?client=" + id,
                        "GET /api/v1/limits/" + id + "?client=x",
                        "GET /__limits?limit=" + id,
                        "GET /__circuit?after=" + id,
                        "GET /" + id)
                .get(random.nextInt(9));
        admin.put("users", Mutations.ROUTE.toString());

        assertNoFault(
                admin.call(call.substring(0, call.indexOf(' ')), call.substring(call.indexOf(' ') + 1))
                        .send(),
                call);
    }

    private static String encoded(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(6); left >= 0; left--) {
            text.append(
                    random.nextInt(3) == 0
                            ? "%%%02x".formatted(random.nextInt(256))
                            : "a1;-.~:@!$&'()*+,=".charAt(random.nextInt(18)));
        }
        return text.toString();
    }

    private static void assertNoFault(Reply reply, String body) {
        assertThat(reply.status()).as("%s: %s", body, reply.body()).isLessThan(500);
        assertThat(reply.body()).doesNotContain("com.fasterxml", "java.", "Exception", "org.");
    }

    /** Returns mutations, often with a string that some parser rejects. */
    static String mutated(JsonNode document, Random random) {
        String text = Mutations.of(document, random).toString();
        if (random.nextBoolean()) {
            return text;
        }
        List<String> strings = Pattern.compile("\"[^\"\\\\]*\"(?!:)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
        return strings.isEmpty()
                ? text
                : text.replace(
                        strings.get(random.nextInt(strings.size())),
                        TextNode.valueOf(STRINGS.get(random.nextInt(STRINGS.size())))
                                .toString());
    }
}
