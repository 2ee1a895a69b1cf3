package dev.pintle.store;

import dev.pintle.config.Configuration;

/**
 * A write that is committed.
 *
 * @param configuration the whole configuration as of the write, read in its transaction
 */
public record CommittedWrite(WriteResult result, Configuration configuration) {}
