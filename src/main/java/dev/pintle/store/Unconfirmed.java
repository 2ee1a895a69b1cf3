package dev.pintle.store;

import dev.pintle.config.Configuration;

/**
 * An unconfirmed revision and the way back.
 *
 * @param before the configuration of the revision before it
 */
public record Unconfirmed(PendingConfirmation pending, Configuration before) {
    public long revision() {
        return pending.revision();
    }
}
