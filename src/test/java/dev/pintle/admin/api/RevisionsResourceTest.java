package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionsResourceTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void writeFiveRevisions(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        admin.call("PUT", "/api/v1/routes/users")
                .with("Pintle-Reason", "ticket 7")
                .send(route("/users"));
        admin.put("orders", route("/orders"));
        admin.put("users", route("/users", ", \"enabled\": false"));
        admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"total\": \"5s\"}}");
        admin.call("DELETE", "/api/v1/routes/orders").send();
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void theListContainsAuthorTimeReasonAndChanges() throws Exception {
        JsonNode list = admin.get("/api/v1/revisions").json();

        assertThat(list.path("revisions"))
                .extracting(r -> r.path("number").asLong())
                .containsExactly(5L, 4L, 3L, 2L, 1L);
        JsonNode first = list.at("/revisions/4");
        assertThat(first.path("author").asText()).isEqualTo("admin");
        assertThat(first.path("reason").asText()).isEqualTo("ticket 7");
        assertThat(first.path("cause").asText()).isEqualTo("edit");
        assertThat(first.path("state").asText()).isEqualTo("past");
        assertThat(Instant.parse(first.path("at").asText()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(first.path("changes")).hasToString("[{\"kind\":\"route\",\"id\":\"users\",\"op\":\"create\"}]");
        assertThat(first.path("changeCount").asInt()).isEqualTo(1);
        assertThat(list.at("/revisions/0/state").asText()).isEqualTo("live");
        assertThat(list.at("/revisions/0/changes/0/op").asText()).isEqualTo("delete");
        assertThat(list.at("/revisions/1/changes"))
                .hasToString("[{\"kind\":\"defaults\",\"id\":\"defaults\",\"op\":\"update\"}]");
        assertThat(list.at("/revisions/1").has("reason")).isFalse();
        assertThat(list.has("next")).isFalse();
    }

    @Test
    void eachPageContainsThePositionOfTheNext() throws Exception {
        List<Long> numbers = new ArrayList<>();
        String next = "";
        do {
            JsonNode part = admin.get("/api/v1/revisions?limit=2" + next).json();
            part.path("revisions")
                    .forEach(revision -> numbers.add(revision.path("number").asLong()));
            next = part.has("next") ? "&before=" + part.path("next").asLong() : "";
        } while (!next.isEmpty());

        assertThat(numbers).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void theLastPageHasNoNext() throws Exception {
        assertThat(admin.get("/api/v1/revisions?limit=5").json().has("next")).isFalse();
        assertThat(admin.get("/api/v1/revisions?limit=4").json().path("next").asLong())
                .isEqualTo(2);
    }

    @Test
    void theListIsFilteredByRouteAndAuthor() throws Exception {
        assertThat(numbers("route=users")).containsExactly(3L, 1L);
        assertThat(numbers("route=users&before=3")).containsExactly(1L);
        assertThat(numbers("route=users&author=admin")).containsExactly(3L, 1L);
        assertThat(numbers("route=users&author=ada")).isEmpty();
        assertThat(numbers("author=%61dmin&limit=1")).containsExactly(5L);
        assertThat(numbers("route=nosuch")).isEmpty();
    }

    private static List<Long> numbers(String query) throws Exception {
        List<Long> numbers = new ArrayList<>();
        admin.get("/api/v1/revisions?" + query)
                .json()
                .path("revisions")
                .forEach(revision -> numbers.add(revision.path("number").asLong()));
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=501", "limit=x", "before=0", "before=x", "limit="})
    void anInvalidPageIsRefused(String query) throws Exception {
        Reply reply = admin.get("/api/v1/revisions?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("bad-request");
    }

    @Test
    void aRevisionContainsEachDocumentBeforeAndAfter() throws Exception {
        JsonNode third = admin.get("/api/v1/revisions/3").json();

        assertThat(third.path("number").asLong()).isEqualTo(3);
        assertThat(third.path("changes")).hasSize(1);
        assertThat(third.at("/changes/0/op").asText()).isEqualTo("update");
        assertThat(third.at("/changes/0/before").has("enabled")).isFalse();
        assertThat(third.at("/changes/0/after/enabled").asBoolean(true)).isFalse();
        assertThat(admin.get("/api/v1/revisions/1")
                        .json()
                        .at("/changes/0/before")
                        .isNull())
                .isTrue();
        assertThat(admin.get("/api/v1/revisions/5")
                        .json()
                        .at("/changes/0/after")
                        .isNull())
                .isTrue();
    }

    @Test
    void theConfigurationOfARevisionIsReturnedAsItWas() throws Exception {
        JsonNode second = admin.get("/api/v1/revisions/2/configuration").json();

        assertThat(second.path("revision").asLong()).isEqualTo(2);
        assertThat(second.path("defaults").isEmpty()).isTrue();
        assertThat(second.path("routes"))
                .extracting(route -> route.path("id").asText())
                .containsExactly("orders", "users");
        assertThat(second.at("/routes/1").has("enabled")).isFalse();
        JsonNode live = admin.get("/api/v1/revisions/5/configuration").json();
        assertThat(live.at("/defaults/timeout/total").asText()).isEqualTo("5s");
        assertThat(live.path("routes"))
                .extracting(route -> route.path("id").asText())
                .containsExactly("users");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "6", "-1", "x", "01", "1.0", "99999999999999999999", "live"})
    void anUnknownRevisionIsNotFound(String number) throws Exception {
        for (String path : List.of("", "/configuration")) {
            Reply reply = admin.get("/api/v1/revisions/" + number + path);

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("no-such-revision");
        }
        for (String path : List.of("/restore", "/revert")) {
            assertThat(admin.call("POST", "/api/v1/revisions/" + number + path)
                            .send()
                            .code())
                    .isEqualTo("no-such-revision");
        }
    }

    @Test
    void aViewerReadsTheHistoryButCannotRevert() throws Exception {
        assertThat(admin.view("GET", "/api/v1/revisions").send().status()).isEqualTo(200);
        assertThat(admin.view("GET", "/api/v1/revisions/1").send().status()).isEqualTo(200);
        assertThat(admin.view("GET", "/api/v1/revisions/1/configuration").send().status())
                .isEqualTo(200);
        assertThat(admin.view("POST", "/api/v1/revisions/1/restore").send().code())
                .isEqualTo("forbidden");
        assertThat(admin.view("POST", "/api/v1/revisions/5/revert").send().code())
                .isEqualTo("forbidden");
    }
}
