package dev.pintle.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.crypto.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored attempt to write.
 *
 * @param number from 1, without gaps
 * @param at in microseconds
 * @param hash over the hash of the previous row and all values of this one
 */
public record AuditRow(long number, Instant at, AuditEntry entry, String hash) {
    /** The hash that the row must have after a previous one. */
    static String hash(String previous, long number, Instant at, AuditEntry entry) {
        ArrayNode values = JsonNodeFactory.instance
                .arrayNode()
                .add(previous)
                .add(number)
                .add(at.toString())
                .add(entry.author().name())
                .add(entry.author().reason());
        AuditedCall call = entry.author().call();
        if (call != null) {
            values.add(call.id().toString())
                    .add(call.role())
                    .add(call.peer())
                    .add(call.traceId())
                    .add(call.method())
                    .add(call.path())
                    .add(call.query());
        }
        values.add(entry.outcome()).add(entry.status()).add(entry.code()).add(entry.revision());
        entry.routes().forEach(values::add);
        return Sha256.hex(values.toString());
    }

    boolean follows(String previous) {
        return hash.equals(hash(previous, number, at, entry));
    }

    static AuditRow of(ResultSet row) throws SQLException {
        Author author = new Author(row.getString("author"), row.getString("reason"), call(row));
        AuditEntry entry = new AuditEntry(
                author,
                row.getString("outcome"),
                row.getObject("status", Integer.class),
                row.getString("code"),
                row.getObject("revision", Long.class),
                List.of((String[]) row.getArray("routes").getArray()));
        return new AuditRow(
                row.getLong("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                entry,
                row.getString("hash"));
    }

    private static @Nullable AuditedCall call(ResultSet row) throws SQLException {
        UUID id = row.getObject("call", UUID.class);
        return id == null
                ? null
                : new AuditedCall(
                        id,
                        row.getString("role"),
                        row.getString("peer"),
                        row.getString("trace_id"),
                        row.getString("method"),
                        row.getString("path"),
                        row.getString("query"));
    }
}
