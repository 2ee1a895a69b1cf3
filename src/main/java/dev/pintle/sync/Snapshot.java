package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.credentials.Credential;
import dev.pintle.store.PendingConfirmation;
import dev.pintle.store.Unconfirmed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as stored on disk.
 *
 * @param credentials the credentials of consumers, hashed
 * @param at the time when the configuration was known to be the latest
 * @param unconfirmed present when the configuration waits for its confirmation; its time left counts from {@code at}
 */
record Snapshot(
        Configuration configuration,
        List<Credential> credentials,
        Instant at,
        @Nullable Unconfirmed unconfirmed) {
    Snapshot {
        credentials = List.copyOf(credentials);
    }

    /** A configuration without credentials that needs no confirmation. */
    Snapshot(Configuration configuration, Instant at) {
        this(configuration, List.of(), at, null);
    }

    Snapshot with(List<Credential> others) {
        return new Snapshot(configuration, others, at, unconfirmed);
    }

    /**
     * The unconfirmed revision with the time that is left now.
     *
     * @param age by the clock of the node, which also wrote {@code at}; a negative one counts as none
     */
    @Nullable
    Unconfirmed unconfirmedAfter(Duration age) {
        if (unconfirmed == null) {
            return null;
        }
        PendingConfirmation pending = unconfirmed.pending();
        Duration left = age.isNegative() ? pending.left() : pending.left().minus(age);
        return new Unconfirmed(pending.withLeft(left), unconfirmed.before());
    }
}
