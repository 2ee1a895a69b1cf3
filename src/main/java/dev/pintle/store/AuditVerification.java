package dev.pintle.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Recomputes the hashes of the audit table from its first row. Reads the table in parts, so that memory is bounded. */
final class AuditVerification {
    private static final int ROWS_PER_PART = 2_000;

    private final Handle handle;
    private long entries;
    private long last;
    private String hash = "";
    private @Nullable Long firstBroken;

    /** @param handle whose transaction sees one snapshot */
    AuditVerification(Handle handle) {
        this.handle = handle;
    }

    AuditVerdict run() {
        List<AuditRow> part = next();
        while (!part.isEmpty()) {
            part.forEach(this::check);
            part = next();
        }
        checkEnd();
        return new AuditVerdict(entries, hash, firstBroken);
    }

    private List<AuditRow> next() {
        return handle.createQuery("select * from audit where number > :last order by number limit :limit")
                .bind("last", last)
                .bind("limit", ROWS_PER_PART)
                .map((row, context) -> AuditRow.of(row))
                .list();
    }

    private void check(AuditRow row) {
        if (firstBroken == null && (row.number() != last + 1 || !row.follows(hash))) {
            firstBroken = last + 1;
        }
        entries++;
        last = row.number();
        hash = row.hash();
    }

    private void checkEnd() {
        boolean complete = handle.createQuery("select number = :last and hash = :hash from audit_head")
                .bind("last", last)
                .bind("hash", hash)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
        if (firstBroken == null && !complete) {
            firstBroken = last + 1;
        }
    }
}
