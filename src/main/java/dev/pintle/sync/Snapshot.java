package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.credentials.Credential;
import java.time.Instant;
import java.util.List;

/**
 * A configuration as it was kept on disk.
 *
 * @param credentials of consumers, hashed
 * @param at when it was known to be the latest
 */
record Snapshot(Configuration configuration, List<Credential> credentials, Instant at) {
    Snapshot {
        credentials = List.copyOf(credentials);
    }

    /** A configuration without credentials. */
    Snapshot(Configuration configuration, Instant at) {
        this(configuration, List.of(), at);
    }

    Snapshot with(List<Credential> others) {
        return new Snapshot(configuration, others, at);
    }
}
