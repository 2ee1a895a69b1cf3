package dev.pintle.upstream;

import java.io.IOException;

/** A name led only to addresses where requests may not go. */
final class ClosedDestinationException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param because what closes the address; the address itself is for the log alone */
    ClosedDestinationException(String because) {
        super("its address is closed to requests (" + because
                + "); upstreamAllow in the gateway's config.yml could open it");
    }
}
