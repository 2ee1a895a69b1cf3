package dev.pintle.sync;

import dev.pintle.config.Configuration;
import java.time.Instant;

/**
 * A configuration as stored on disk.
 *
 * @param at the time when the configuration was known to be the latest
 */
record Snapshot(Configuration configuration, Instant at) {}
