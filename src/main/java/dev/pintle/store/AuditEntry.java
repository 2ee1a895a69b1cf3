package dev.pintle.store;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to write.
 *
 * @param outcome the word of an {@link Outcome}, or another one that a later version wrote
 * @param status the status of the response, when the attempt did not succeed
 * @param code the code of the problem, when the attempt did not succeed
 * @param revision the revision that the attempt created; null without one
 * @param routes the ids of the routes that the attempt changed or names
 */
public record AuditEntry(
        Author author,
        String outcome,
        @Nullable Integer status,
        @Nullable String code,
        @Nullable Long revision,
        List<String> routes) {
    /** The result of an attempt. */
    public enum Outcome {
        /** The attempt succeeded. */
        DONE,
        /** The gateway refused the attempt: a client error. */
        REFUSED,
        /** The gateway or PostgreSQL failed. */
        FAILED;

        /** The name in the database and in responses of the admin API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditEntry {
        routes = List.copyOf(routes);
    }

    public AuditEntry(
            Author author,
            Outcome outcome,
            @Nullable Integer status,
            @Nullable String code,
            @Nullable Long revision,
            List<String> routes) {
        this(author, outcome.word(), status, code, revision, routes);
    }

    /** The entry of a revision. */
    static AuditEntry ofRevision(Author author, long revision, List<DocumentChange> changes) {
        List<String> routes = changes.stream()
                .filter(DocumentChange::isRoute)
                .map(DocumentChange::id)
                .toList();
        return new AuditEntry(author, Outcome.DONE, null, null, revision, routes);
    }
}
