package dev.pintle.store;

import org.jspecify.annotations.Nullable;

/**
 * The result of a verification of the audit table.
 *
 * @param entries the rows of the table
 * @param head the hash of the last row
 * @param firstBroken the number of the first row that is missing or was changed; null when the table is intact
 */
public record AuditVerdict(
        long entries, String head, @Nullable Long firstBroken) {
    public boolean isIntact() {
        return firstBroken == null;
    }
}
