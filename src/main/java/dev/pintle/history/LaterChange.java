package dev.pintle.history;

/** A change that keeps an earlier revision from being reverted, because both touch one document. */
public record LaterChange(Revision revision, ChangedDocument document) {}
