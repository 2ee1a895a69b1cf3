package dev.pintle.store;

/**
 * A stored document that a node rejects.
 *
 * @param kind {@code route} or {@code defaults}
 */
public record RejectedDocument(String kind, String id, String reason) {}
