package dev.pintle.proxy;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word about the client is believed. The client is the last address in {@code X-Forwarded-For} that is not
 * itself such a proxy: what stands before it may have been made up. Immutable.
 */
public final class TrustedProxies {
    /** Hops that are read, the nearest first: a client may name more proxies than a request passes. */
    private static final int MOST_HOPS = 64;

    private static final int LONGEST_ADDRESS = 64;

    private final CidrSet blocks;

    public TrustedProxies(CidrSet blocks) {
        this.blocks = blocks;
    }

    boolean contains(String address) {
        return blocks.contains(address);
    }

    /** The client that a trusted peer speaks for. */
    String client(String peer, Headers headers) {
        String client = peer;
        int read = 0;
        for (String value : headers.all("X-Forwarded-For").reversed()) {
            for (int end = value.length(); end >= 0 && read < MOST_HOPS; read++) {
                int comma = value.lastIndexOf(',', end - 1);
                String address = address(value.substring(comma + 1, end).strip());
                if (address == null) {
                    return client;
                }
                client = address;
                if (!contains(client)) {
                    return client;
                }
                end = comma;
            }
        }
        return client;
    }

    private static @Nullable String address(String hop) {
        return hop.length() > LONGEST_ADDRESS ? null : CidrSet.canonical(hop);
    }
}
