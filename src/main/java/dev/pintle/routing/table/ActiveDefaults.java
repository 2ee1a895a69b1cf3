package dev.pintle.routing.table;

import dev.pintle.config.DefaultsDocument;
import org.jspecify.annotations.Nullable;

/**
 * The defaults that this node applies. While the stored ones are rejected, they are the last valid ones.
 *
 * @param valid null when this node had no valid defaults
 * @param validAt the last revision that had them; {@link #NEVER} when this node had no valid defaults
 * @param fault the reason that the stored defaults are rejected; null when they are valid
 */
record ActiveDefaults(
        @Nullable DefaultsDocument valid,
        long validAt,
        @Nullable String fault) {
    static final long NEVER = -1;

    /** The defaults before the first configuration. */
    static final ActiveDefaults NONE = new ActiveDefaults(null, NEVER, null);

    /** Returns the same defaults, because those of a later revision are rejected. */
    ActiveDefaults keptBecause(String reason) {
        return new ActiveDefaults(valid, validAt, reason);
    }

    /** Returns the document that routes are compiled with. */
    DefaultsDocument document() {
        return valid == null ? DefaultsDocument.NONE : valid;
    }

    /**
     * Returns whether the defaults of a route are unknown: this node never had valid ones that apply to it.
     *
     * @param writtenAt the revision that wrote the route
     */
    boolean areUnknownTo(long writtenAt) {
        return fault != null && writtenAt > validAt;
    }

    /** Returns whether the stored defaults are rejected and this node had no valid ones. */
    boolean areMissing() {
        return fault != null && valid == null;
    }
}
