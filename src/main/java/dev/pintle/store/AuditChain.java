package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Appends to the audit table within a transaction of the caller. */
final class AuditChain {
    private final Handle handle;

    AuditChain(Handle handle) {
        this.handle = handle;
    }

    boolean contains(UUID call) {
        return handle.createQuery("select exists (select from audit where call = :call)")
                .bind("call", call)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Appends an entry unless its call has a row. Other writers wait until the transaction ends.
     *
     * @param age the time since the attempt
     */
    void append(AuditEntry entry, Duration age) {
        Head head = handle.createQuery("select number, hash, clock_timestamp() as at from audit_head for update")
                .map((row, context) -> new Head(
                        row.getLong("number"),
                        row.getString("hash"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .one();
        long number = head.number + 1;
        Instant at = head.now.minus(age).truncatedTo(ChronoUnit.MICROS);
        String hash = AuditRow.hash(head.hash, number, at, entry);
        if (insert(new AuditRow(number, at, entry, hash)) > 0) {
            handle.execute("update audit_head set number = ?, hash = ?", number, hash);
        }
    }

    private int insert(AuditRow row) {
        AuditEntry entry = row.entry();
        return handle.createUpdate("""
                        insert into audit (number, call, at, author, role, peer, trace_id, method, path, query,
                            outcome, status, code, revision, routes, reason, hash)
                        values (:number, :id, :at, :author, :role, :peer, :traceId, :method, :path, :query,
                            :outcome, :status, :code, :revision, :routes, :reason, :hash)
                        on conflict (call) do nothing""")
                .bind("number", row.number())
                .bind("at", row.at())
                .bind("author", entry.author().name())
                .bind("reason", entry.author().reason())
                .bind("outcome", entry.outcome())
                .bind("status", entry.status())
                .bind("code", entry.code())
                .bind("revision", entry.revision())
                .bindArray("routes", String.class, entry.routes())
                .bind("hash", row.hash())
                .bindMap(call(entry.author().call()))
                .execute();
    }

    private static Map<String, @Nullable Object> call(@Nullable AuditedCall call) {
        Optional<AuditedCall> given = Optional.ofNullable(call);
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", given.map(AuditedCall::id).orElse(null));
        values.put("role", given.map(AuditedCall::role).orElse(null));
        values.put("peer", given.map(AuditedCall::peer).orElse(null));
        values.put("traceId", given.map(AuditedCall::traceId).orElse(null));
        values.put("method", given.map(AuditedCall::method).orElse(null));
        values.put("path", given.map(AuditedCall::path).orElse(null));
        values.put("query", given.map(AuditedCall::query).orElse(null));
        return values;
    }

    /**
     * The last row.
     *
     * @param now by PostgreSQL's clock
     */
    private record Head(long number, String hash, Instant now) {}
}
