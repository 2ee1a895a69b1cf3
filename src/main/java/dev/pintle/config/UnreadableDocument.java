package dev.pintle.config;

/**
 * A stored document that cannot be parsed. It counts as rejected.
 *
 * @param kind {@code route}, {@code defaults}, or the word of an {@link EntityKind}
 * @param revision the revision that stored it
 * @param reason the fault, as the rest of a sentence about the document
 */
public record UnreadableDocument(String kind, String id, long revision, String reason) {
    public static final String ROUTE = "route";
    public static final String DEFAULTS = "defaults";

    public DocumentKey key() {
        return new DocumentKey(kind, id);
    }

    public boolean isRoute() {
        return kind.equals(ROUTE);
    }
}
