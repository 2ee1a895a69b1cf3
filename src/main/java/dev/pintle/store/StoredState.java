package dev.pintle.store;

import dev.pintle.config.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The latest revision, as one transaction read it.
 *
 * @param unconfirmed present when that revision waits for its confirmation
 */
public record StoredState(
        Configuration configuration, @Nullable Unconfirmed unconfirmed) {}
