package dev.pintle.history;

/** A change that prevents the revert of an earlier revision, because both changed the same document. */
public record LaterChange(Revision revision, ChangedDocument document) {}
