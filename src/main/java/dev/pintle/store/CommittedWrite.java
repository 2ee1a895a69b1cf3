package dev.pintle.store;

import dev.pintle.config.Configuration;

/**
 * The result of a committed write.
 *
 * @param configuration the whole configuration as of the write, read in its transaction
 */
public record CommittedWrite(WriteResult result, Configuration configuration) {}
