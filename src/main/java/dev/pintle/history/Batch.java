package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of edits that creates one revision or none.
 *
 * @param violations the faults of form; {@code edits} omits the edits that have one
 * @param owner the owner of all routes that the batch edits; null when ownership does not count
 * @param ifRevision the required latest revision; null for any
 */
public record Batch(
        List<BatchEdit> edits,
        List<Violation> violations,
        @Nullable String owner,
        @Nullable Long ifRevision) {
    public static final int MAX_EDITS = 1_000;

    public Batch {
        edits = List.copyOf(edits);
        violations = List.copyOf(violations);
    }

    /** Parses the body of a request and collects its faults as violations. */
    public static Batch read(JsonNode json) {
        return new BatchReader(json).read();
    }
}
