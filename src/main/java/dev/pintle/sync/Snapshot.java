package dev.pintle.sync;

import dev.pintle.config.Configuration;
import java.time.Instant;

/**
 * A configuration as it was kept on disk.
 *
 * @param at when it was known to be the latest
 */
record Snapshot(Configuration configuration, Instant at) {}
