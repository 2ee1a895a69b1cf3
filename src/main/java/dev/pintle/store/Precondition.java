package dev.pintle.store;

import java.util.Set;

/** A writer's condition on the stored document (RFC 9110 section 13.1). */
public sealed interface Precondition {
    /** No condition. */
    record None() implements Precondition {}

    /** {@code If-Match} with entity tags: the document was written by one of these revisions. */
    record WrittenBy(Set<Long> revisions) implements Precondition {
        public WrittenBy {
            revisions = Set.copyOf(revisions);
        }
    }

    /** {@code If-Match: *}: the document exists. */
    record Exists() implements Precondition {}

    /** {@code If-None-Match: *}: the document does not exist. */
    record Absent() implements Precondition {}
}
