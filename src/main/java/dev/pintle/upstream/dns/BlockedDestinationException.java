package dev.pintle.upstream.dns;

import java.io.IOException;

/** A name led only to addresses where requests may not go. */
public final class BlockedDestinationException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param because what closes the address; the address itself is for the log alone */
    BlockedDestinationException(String because) {
        super("its address is closed to requests (" + because
                + "); upstreamAllow in the gateway's config.yml could open it");
    }
}
