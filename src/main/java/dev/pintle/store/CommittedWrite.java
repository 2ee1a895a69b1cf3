package dev.pintle.store;

/**
 * The result of a committed write.
 *
 * @param state the latest revision as of the write, read in its transaction
 */
public record CommittedWrite(WriteResult result, StoredState state) {}
