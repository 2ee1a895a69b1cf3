package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes with {@code Pintle-Confirm}, on a node whose clock is an hour off. */
class ConfirmationResourceTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private AdminApiHarness admin;

    @BeforeEach
    void open() throws Exception {
        admin = new AdminApiHarness(folder, Clock.offset(Clock.systemUTC(), HOUR));
        admin.put("users", route("/users"));
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aWriteThatNeedsAConfirmationIsLiveAndSaysWhenItReverts() throws Exception {
        Reply reply = write("PUT", "/api/v1/routes/users", "2m", route("/people"));

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("revision").asLong()).isEqualTo(2);
        assertThat(reply.json().path("state").asText()).isEqualTo("unconfirmed");
        assertThat(Instant.parse(reply.json().path("revertsAt").asText()))
                .isBetween(Instant.now(), Instant.now().plusSeconds(180));
        assertThat(reply.field("Pintle-Revision")).isEqualTo("2");
        assertThat(admin.get("/api/v1/routes/users").body()).contains("/people");
        assertThat(state(2)).isEqualTo("unconfirmed");
    }

    @Test
    void aConfirmedRevisionIsLive() throws Exception {
        write("PUT", "/api/v1/routes/users", "10s", route("/people"));

        Reply confirmed = admin.call("POST", "/api/v1/revisions/2/confirm").send();

        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.body()).isEqualTo("{\"revision\":2,\"state\":\"live\"}");
        assertThat(confirmed.field("Pintle-Revision")).isEqualTo("2");
        assertThat(state(2)).isEqualTo("live");
        Reply again = admin.call("POST", "/api/v1/revisions/2/confirm").send();
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("not-pending");
    }

    @Test
    void aConfirmationAfterTheDeadlineSaysWhatHappened() throws Exception {
        write("PUT", "/api/v1/routes/users", "10s", route("/people"));
        admin.execute("update latest_revision set reverts_at = now()");

        Reply late = admin.call("POST", "/api/v1/revisions/2/confirm").send();

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().path("detail").asText())
                .startsWith("Revision 2 cannot be confirmed: revision 3 by pintle reverted it at ")
                .contains("(not confirmed by ")
                .endsWith("Write the change again, or revert revision 3.");
        assertThat(admin.get("/api/v1/routes/users").body()).contains("\"/users\"");
        assertThat(state(2)).isEqualTo("reverted");
    }

    @Test
    void otherWritesWaitWhileOverridesPass() throws Exception {
        write("PUT", "/api/v1/routes/users", "10s", route("/people"));

        for (Reply reply : new Reply[] {
            admin.call("PUT", "/api/v1/routes/orders").send(route("/orders")),
            admin.call("DELETE", "/api/v1/routes/users").send(),
            admin.call("PUT", "/api/v1/defaults").send("{}"),
            admin.call("POST", "/api/v1/changes").send("{\"edits\": [{\"delete\": \"users\"}]}"),
            admin.call("POST", "/api/v1/revisions/1/restore").send(),
            admin.call("POST", "/api/v1/revisions/1/revert").send(),
            write("POST", "/api/v1/revisions/2/revert", "10s", "")
        }) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(409);
            assertThat(reply.code()).isIn("confirmation-pending", "revert-conflict");
        }
        assertThat(admin.call("PUT", "/api/v1/circuits/users")
                        .send("{\"state\": \"open\", \"duration\": \"1m\"}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.call("POST", "/api/v1/changes?dryRun=true")
                        .send("{\"edits\": [{\"delete\": \"users\"}]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void revertingTheUnconfirmedRevisionEndsTheWait() throws Exception {
        write("PUT", "/api/v1/routes/users", "10s", route("/people"));

        Reply reverted = admin.call("POST", "/api/v1/revisions/2/revert").send();

        assertThat(reverted.status()).as(reverted.body()).isEqualTo(200);
        assertThat(admin.put("orders", route("/orders")).status()).isEqualTo(201);
        assertThat(admin.call("POST", "/api/v1/revisions/2/confirm")
                        .send()
                        .json()
                        .path("detail")
                        .asText())
                .contains("revision 3 by admin reverted it");
    }

    @Test
    void everyKindOfWriteMayNeedAConfirmation() throws Exception {
        admin.put("users", route("/people"));

        assertThat(write("POST", "/api/v1/revisions/1/restore", "10s", "").status())
                .isEqualTo(202);
        assertThat(admin.call("POST", "/api/v1/revisions/3/confirm").send().status())
                .isEqualTo(200);
        assertThat(write("POST", "/api/v1/revisions/3/revert", "10s", "").status())
                .isEqualTo(202);
        assertThat(admin.call("POST", "/api/v1/revisions/4/confirm").send().status())
                .isEqualTo(200);
        assertThat(write("POST", "/api/v1/changes", "10s", "{\"edits\": [{\"delete\": \"users\"}]}")
                        .status())
                .isEqualTo(202);
        admin.execute("update latest_revision set reverts_at = now()");
        await().until(() -> admin.get("/api/v1/routes/users").status() == 200);
    }

    @Test
    void aWriteWithoutEffectWaitsForNothing() throws Exception {
        Reply reply = write("PUT", "/api/v1/routes/users", "10s", route("/users"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("Pintle-Revision")).isEqualTo("1");
        assertThat(admin.put("orders", route("/orders")).status()).isEqualTo(201);
    }

    @Test
    void bothWaitsAreOneAnswer() throws Exception {
        Reply reply = write("PUT", "/api/v1/routes/users?wait=applied", "10s", route("/people"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.field("Pintle-Applied")).isEqualTo("1/1");
        assertThat(reply.json().path("state").asText()).isEqualTo("unconfirmed");
        assertThat(reply.json().path("applied").asInt()).isEqualTo(1);
        assertThat(reply.json().path("lagging")).isEmpty();
    }

    @Test
    void aViewerConfirmsNothing() throws Exception {
        write("PUT", "/api/v1/routes/users", "10s", route("/people"));

        Reply reply = admin.view("POST", "/api/v1/revisions/2/confirm").send();

        assertThat(reply.status()).isEqualTo(403);
        assertThat(state(2)).isEqualTo("unconfirmed");
    }

    @Test
    void anUnknownRevisionIsNotFound() throws Exception {
        assertThat(admin.call("POST", "/api/v1/revisions/9/confirm").send().code())
                .isEqualTo("no-such-revision");
        assertThat(admin.call("POST", "/api/v1/revisions/x/confirm").send().code())
                .isEqualTo("no-such-revision");
        assertThat(admin.call("POST", "/api/v1/revisions/1/confirm").send().code())
                .isEqualTo("not-pending");
    }

    @Test
    void theAnswerComesAndTheWayBackIsKnownWhenPostgresEndsRightAfterTheCommit() throws Exception {
        admin.line.refuseAfterCommitOf("update latest_revision");

        Reply reply = write("PUT", "/api/v1/routes/users", "10s", route("/people"));

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(admin.sync.pendingConfirmation()).isPresent();
        assertThat(admin.call("POST", "/api/v1/revisions/2/confirm").send().status())
                .isEqualTo(503);
    }

    private Reply write(String method, String path, String terms, String body) throws Exception {
        return admin.call(method, path).with("Pintle-Confirm", terms).send(body);
    }

    private String state(long revision) throws Exception {
        return admin.get("/api/v1/revisions/" + revision).json().path("state").asText();
    }
}
