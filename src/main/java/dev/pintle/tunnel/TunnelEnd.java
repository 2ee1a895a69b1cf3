package dev.pintle.tunnel;

import java.util.Locale;

/** The party or the event that ends a tunnel. */
public enum TunnelEnd {
    /** The client ended or cut its connection. */
    CLIENT,
    /** The upstream ended or cut its connection. */
    UPSTREAM,
    /** No byte moved for {@code timeout.stream}. */
    SILENCE,
    /** The route was removed or disabled. */
    ROUTE,
    /** An operator closed the tunnel. */
    OPERATOR,
    /** The node shuts down. */
    SHUTDOWN;

    /** The label in metrics and in the access log. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
