package dev.pintle.store;

import dev.pintle.config.Configuration;
import org.jspecify.annotations.Nullable;

/** The configuration that a reader already has, as the starting point of a read. */
public sealed interface Baseline {
    /**
     * A configuration of this database: reading the later changes is enough.
     *
     * @param unconfirmed the unconfirmed revision, if the reader knows one
     */
    record Known(Configuration configuration, @Nullable Unconfirmed unconfirmed) implements Baseline {
        /** A configuration whose reader knows of no unconfirmed revision. */
        public Known(Configuration configuration) {
            this(configuration, null);
        }
    }

    /** No configuration, or one that may be of another database: the whole configuration has to be read. */
    record Unknown() implements Baseline {}
}
