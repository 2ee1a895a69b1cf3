package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Edits that become one revision, or none.
 *
 * @param violations the faults of form; edits with a fault are not among {@code edits}
 * @param ifRevision the revision that must be the latest; null for any
 */
public record Batch(
        List<BatchEdit> edits,
        List<Violation> violations,
        @Nullable Long ifRevision) {
    public static final int MOST_EDITS = 1_000;

    public Batch {
        edits = List.copyOf(edits);
        violations = List.copyOf(violations);
    }

    /** Reads the body of a request; its faults are among the violations. */
    public static Batch read(JsonNode json) {
        return new BatchReader(json).read();
    }
}
