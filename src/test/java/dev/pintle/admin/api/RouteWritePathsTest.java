package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.object;
import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.ImportFile;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Specs;
import dev.pintle.config.Violation;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import dev.pintle.testing.TestRoutes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same rules apply to every way to write a route: PUT, POST, PATCH, batches, validation and files. */
class RouteWritePathsTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        assertThat(admin.put("there", route("/there")).status()).isEqualTo(201);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"upstream": {"targets": [{"url": "http://[::1%25lo]"}]}}                        | /upstream/targets/0/url
                    {"upstream": {"targets": [{"url": "http://[fe80::1%1]:80"}]}}                    | /upstream/targets/0/url
                    {"upstream": {"targets": [{"url": "http://999999999999/"}]}}                     | /upstream/targets/0/url
                    {"upstream": {"targets": [{"url": "http://1.2.3"}]}}                             | /upstream/targets/0/url
                    {"upstream": {"targets": [{"url": "http://0x7f.1"}]}}                            | /upstream/targets/0/url
                    {"upstream": {"targets": [{"url": "http://[::ffff:999.1.1.1]"}]}}                | /upstream/targets/0/url
                    {"upstream": {"targets": [{"url": "http://169.254.169.254"}]}}                   | /upstream/targets/0/url
                    {"upstream": {"targets": [{"url": "https://h"}], "tls": {"clientCertificate": "x"}}} | /upstream/tls/clientCertificate
                    {"timeout": {"attempt": "31s"}}                                                  | /timeout/attempt
                    {"retry": {"on": ["5xx"]}}                                                       | /retry/on/0
                    {"timeout": {"attempt": "31s", "idle": "0s"}, "x": 1}                            | /timeout/attempt /timeout/idle /x
                    """)
    void aRouteIsRefusedWithAllItsViolations(String members, String pointers) throws Exception {
        String route = object(route("/new")).setAll(object(members)).toString();
        String[] expected = pointers.split(" ");

        assertRefused(admin.put("new", route), expected);
        assertRefused(admin.call("POST", RoutesResource.PATH).send(route), expected);
        assertRefused(admin.call("PATCH", RoutesResource.PATH + "/there").send(members), expected);
        Reply batch = admin.call("POST", "/api/v1/changes")
                .send("{\"edits\": [{\"put\": " + object(route).put("id", "new") + "}]}");
        assertThat(batch.status()).as(batch.body()).isEqualTo(422);
        assertThat(batch.pointers()).containsExactlyInAnyOrder(below("/edits/0/put", expected));
        Reply validated = admin.call("POST", RoutesResource.PATH + "/validate").send(route);
        assertThat(validated.status()).isEqualTo(200);
        assertThat(validated.pointers()).containsExactlyInAnyOrder(expected);
        assertThat(inFile(object(route).put("id", "new")))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(below("/routes/0", expected));
    }

    private static String[] below(String parent, String... pointers) {
        return Stream.of(pointers).map(pointer -> parent + pointer).toArray(String[]::new);
    }

    private static void assertRefused(Reply reply, String... pointers) throws Exception {
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.pointers()).containsExactlyInAnyOrder(pointers);
    }

    private static List<Violation> inFile(JsonNode route) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.putArray("routes").add(route);
        try {
            ImportFile.of(file, TestRoutes.VALIDATOR.under(Specs.NONE));
            return List.of();
        } catch (InvalidSpecException e) {
            return e.violations();
        }
    }
}
