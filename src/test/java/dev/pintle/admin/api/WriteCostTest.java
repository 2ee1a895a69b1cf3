package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The node that writes a document parses it once: validation, lint, store and activation share the result. Documents that
 * a write does not change are not parsed, even if they depend on the changed one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteCostTest {
    private static final int ROUTES = 60;

    private AdminApiHarness admin;
    private AdminApiHarness other;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        String batch = IntStream.range(0, ROUTES)
                .mapToObj(i -> "{\"put\": " + put("r" + i, "/r" + i, ", \"retry\": {\"max\": 0}") + "}")
                .collect(Collectors.joining(",", "{\"edits\": [", "]}"));
        expect(200, "POST", "/changes", batch);
        expect(201, "PUT", "/consumers/unused", "{}");
        expect(201, "PUT", "/consumers/partner", "{\"groups\": [\"gold\"]}");
        other = admin.another();
        expect(200, "PUT", "/defaults", "{\"timeout\": {\"total\": \"31s\"}}");
    }

    @AfterAll
    void close() {
        other.close();
        admin.close();
    }

    @ParameterizedTest(name = "{1} {2} parses {0}, another node {5}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            1 | POST   | /routes/validate          | {"match": {"path": "/v"}, "upstream": {"targets": [{"url": "http://h"}]}}  | 200 | 0
            1 | POST   | /routes                   | {"match": {"path": "/new"}, "upstream": {"targets": [{"url": "http://h"}]}} | 201 | 1
            1 | PUT    | /routes/r1                | {"match": {"path": "/r1"}, "upstream": {"targets": [{"url": "http://h"}]}} | 200 | 1
            1 | PUT    | /routes/r2                | {"match": {"path": "/r2"}, "upstream": null, "respond": {"status": 204}}   | 200 | 1
            1 | PATCH  | /routes/r3                | {"enabled": false}                                                         | 200 | 1
            0 | DELETE | /routes/r4                | -                                                                          | 204 | 0
            1 | PUT    | /defaults                 | {"timeout": {"total": "32s"}, "retry": {"max": 1}}                         | 200 | 1
            1 | PUT    | /consumers/new            | {"groups": ["silver"]}                                                     | 201 | 1
            1 | PATCH  | /consumers/partner        | {"groups": ["gold", "silver"]}                                             | 200 | 1
            0 | DELETE | /consumers/unused         | -                                                                          | 204 | 0
            1 | PUT    | /identity-providers/main  | {"issuer": "https://id.example.com", "jwks": {"keys": [{"kty": "EC", "kid": "1", "crv": "P-256", "x": "AA", "y": "AA"}]}} | 201 | 1
            3 | POST   | /changes                  | {"edits": [{"delete": "r5"}, {"patch": {"id": "r6", "merge": {"enabled": false}}}, {"patch": {"id": "r7", "merge": {"enabled": false}}}, {"defaults": {"retry": {"max": 0}}}]} | 200 | 3
            3 | POST   | /changes?dryRun=true      | {"edits": [{"patch": {"id": "r8", "merge": {"enabled": false}}}, {"patch": {"id": "r9", "merge": {"enabled": false}}}, {"defaults": {"retry": {"max": 1}}}]} | 200 | 0
            4 | POST   | /revisions/LATEST/revert  | -                                                                          | 200 | 4
            """)
    void aWriteParsesEachDocumentOnce(
            long parses, String method, String path, String body, int status, long parsesOfOther) throws Exception {
        other.sync.catchUp();
        long before = admin.runtime.documents().parses();
        long otherBefore = other.runtime.documents().parses();

        expect(status, method, path.replace("LATEST", "" + admin.sync.current().revision()), body);
        other.sync.catchUp();

        assertThat(admin.runtime.documents().parses() - before).isEqualTo(parses);
        assertThat(other.runtime.documents().parses() - otherBefore).isEqualTo(parsesOfOther);
        assertThat(other.sync.current()).isEqualTo(admin.sync.current());
    }

    private void expect(int status, String method, String path, String body) throws Exception {
        AdminApiHarness.Call call = admin.call(method, "/api/v1" + path);
        Reply reply = body == null ? call.send() : call.send(body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    }

    private static String put(String id, String path, String more) {
        return "{\"id\": \"" + id + "\", " + route(path, more).strip().substring(1);
    }
}
