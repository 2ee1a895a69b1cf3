package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edits that turn the configuration of a node into that of files. */
class SyncPlanTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORED = """
            {"revision": 4,
             "routes": [{"id": "own", "owner": "team"}, {"id": "other", "owner": "else"}, {"id": "free"}],
             "consumers": [{"id": "acme"}, {"id": "ours", "owner": "team"}]}""";

    @Test
    void anOwnerRemovesItsOwnDocumentsOnly() throws Exception {
        SyncPlan plan = SyncPlan.of(List.of(), JSON.readTree(STORED), "team", true);

        assertThat(plan.batch()).hasToString(compact("""
                {"ifRevision": 4, "owner": "team", "edits": [{"delete": "own"}, {"kind": "consumer", "delete": "ours"}]}"""));
    }

    @Test
    void withoutAnOwnerOnlyRoutesWithoutAnOwnerAreRemoved() throws Exception {
        SyncPlan plan = SyncPlan.of(List.of(), JSON.readTree(STORED), null, true);

        assertThat(plan.batch()).hasToString(compact("""
                {"ifRevision": 4, "edits": [{"delete": "free"}]}"""));
    }

    @Test
    void equalDocumentsNeedNoEdit() throws Exception {
        assertThat(SyncPlan.of(List.of(document("{\"id\": \"own\"}")), JSON.readTree(STORED), "team", false)
                        .isEmpty())
                .as("the owner is added")
                .isTrue();
        assertThat(SyncPlan.of(
                                List.of(document("{\"id\": \"other\", \"owner\": \"else\"}")),
                                JSON.readTree(STORED),
                                null,
                                false)
                        .isEmpty())
                .as("the file names the owner")
                .isTrue();
    }

    @Test
    void aDocumentOfAnOwnerIsNotTaken() throws Exception {
        JsonNode stored = JSON.readTree(STORED);

        assertThatThrownBy(() -> SyncPlan.of(List.of(document("{\"id\": \"other\"}")), stored, null, false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("belongs to \"else\". Edit it there, or sync with --owner else.");
    }

    /** The first edit is of users.yaml, the second one removes the route "free". */
    @ParameterizedTest
    @CsvSource({
        "/edits/0/put/match/path, users.yaml: /match/path",
        "/edits/0/put, users.yaml: /",
        "/edits/1/delete, the removal of route \"free\": /",
        "/edits/2/put, /edits/2/put",
        "/edits/x/put, /edits/x/put",
        "/edits/1234567/put, /edits/1234567/put",
        "/other/0/put, /other/0/put",
        "/edits/0, /edits/0",
    })
    void aPointerIntoTheBatchBecomesAPlaceInAFile(String pointer, String place) throws Exception {
        JsonNode stored = JSON.readTree("{\"routes\": [{\"id\": \"free\"}]}");
        SyncPlan plan = SyncPlan.of(List.of(document("{\"id\": \"users\"}")), stored, null, true);

        assertThat(plan.place(pointer)).isEqualTo(place);
    }

    private static SyncDocument document(String json) throws Exception {
        return new SyncDocument("users.yaml", "route", JSON.readTree(json));
    }

    private static String compact(String json) throws Exception {
        return JSON.readTree(json).toString();
    }
}
