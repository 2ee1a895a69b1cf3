package dev.pintle.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code node}. Heartbeats are dated by PostgreSQL's clock. */
final class NodeRows {
    /** A node without a heartbeat for this time counts as lost. A node sends a heartbeat every second. */
    static final int ALIVE_SECONDS = 10;

    /** A lost node stays in the list for this time. */
    private static final int LISTED_SECONDS = 300;

    private static final int MAX_REJECTED = 100;

    private final Handle handle;

    NodeRows(Handle handle) {
        this.handle = handle;
    }

    void write(NodeHeartbeat heartbeat) {
        handle.createUpdate("""
                        with known as (
                            insert into document_schema (digest, keys) values (:schema, :keys) on conflict do nothing)
                        insert into node (id, name, version, revision, digest, source, rejected, draining, guard,
                            schema_digest)
                        values (:id, :name, :version, :revision, :digest, :source, cast(:rejected as json), :draining,
                            cast(:guard as json), :schema)
                        on conflict (id) do update set seen = now(), name = excluded.name, version = excluded.version,
                            revision = excluded.revision, digest = excluded.digest, source = excluded.source,
                            rejected = excluded.rejected, draining = excluded.draining, guard = excluded.guard,
                            schema_digest = excluded.schema_digest""")
                .bind("id", heartbeat.node().id())
                .bind("schema", heartbeat.node().keys().digest())
                .bind("keys", heartbeat.node().keys().text())
                .bind("name", heartbeat.node().name())
                .bind("version", heartbeat.node().version())
                .bind("revision", heartbeat.revision())
                .bind("digest", heartbeat.digest())
                .bind("source", heartbeat.source())
                .bind("rejected", json(heartbeat.rejected()).toString())
                .bind("draining", heartbeat.draining())
                .bind("guard", GuardReportJson.text(heartbeat.guard()))
                .execute();
    }

    /** Skips locked rows, so that nodes that return together do not wait for each other. */
    void deleteForgotten() {
        handle.execute("""
                delete from node where id in (
                    select id from node where seen < now() - make_interval(secs => ?) for update skip locked)""", LISTED_SECONDS);
    }

    void delete(UUID node) {
        handle.execute("delete from node where id = ?", node);
    }

    List<ReportedNode> all() {
        return handle.createQuery("""
                        select id, name, version, revision, digest, source, rejected, draining, seen, guard,
                            seen < now() - make_interval(secs => :alive) as lost
                        from node where seen >= now() - make_interval(secs => :listed) order by name, id""")
                .bind("alive", ALIVE_SECONDS)
                .bind("listed", LISTED_SECONDS)
                .map(NodeRows::node)
                .list();
    }

    private static ReportedNode node(ResultSet row, StatementContext context) throws SQLException {
        return new ReportedNode(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("version"),
                row.getObject("revision", Long.class),
                row.getString("digest"),
                row.getString("source"),
                rejected(row.getString("rejected")),
                row.getBoolean("draining"),
                row.getObject("seen", OffsetDateTime.class).toInstant(),
                row.getBoolean("lost"),
                GuardReportJson.read(row.getString("guard")));
    }

    private static ArrayNode json(List<RejectedDocument> rejected) {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        rejected.stream()
                .limit(MAX_REJECTED)
                .forEach(document -> documents
                        .addObject()
                        .put("kind", document.kind())
                        .put("id", document.id())
                        .put("reason", document.reason()));
        return documents;
    }

    private static List<RejectedDocument> rejected(@Nullable String json) {
        List<RejectedDocument> rejected = new ArrayList<>();
        if (json != null) {
            for (JsonNode document :
                    RevisionRows.json("{\"rejected\":" + json + '}').path("rejected")) {
                rejected.add(new RejectedDocument(
                        document.path("kind").asText(),
                        document.path("id").asText(),
                        document.path("reason").asText()));
            }
        }
        return rejected;
    }
}
