package dev.pintle.upstream.dns;

import java.io.IOException;

/** A name resolved only to addresses that the egress policy blocks. */
public final class BlockedDestinationException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param because why the address is blocked; only the log contains the address itself */
    BlockedDestinationException(String because) {
        super("the egress policy blocks its address (" + because
                + "); upstreamAllow in the gateway's config.yml can allow it");
    }
}
