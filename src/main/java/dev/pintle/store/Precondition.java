package dev.pintle.store;

import java.util.Set;

/** What a writer demands of the stored document (RFC 9110 section 13.1). */
public sealed interface Precondition {
    /** Nothing. */
    record None() implements Precondition {}

    /** {@code If-Match} with entity tags: the document was written by one of these revisions. */
    record WrittenBy(Set<Long> revisions) implements Precondition {
        public WrittenBy {
            revisions = Set.copyOf(revisions);
        }
    }

    /** {@code If-Match: *}: there is such a document. */
    record Exists() implements Precondition {}

    /** {@code If-None-Match: *}: there is none. */
    record Absent() implements Precondition {}
}
