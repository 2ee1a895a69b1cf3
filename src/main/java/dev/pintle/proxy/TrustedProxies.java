package dev.pintle.proxy;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Headers;
import java.util.Arrays;
import java.util.List;

/**
 * The proxies whose word about the client is believed. The client is the last address in {@code X-Forwarded-For} that is not
 * itself such a proxy: what stands before it may have been made up. Immutable.
 */
public final class TrustedProxies {
    private final CidrSet blocks;

    public TrustedProxies(CidrSet blocks) {
        this.blocks = blocks;
    }

    boolean contains(String address) {
        return blocks.contains(address);
    }

    /** The client that a trusted peer speaks for. */
    String client(String peer, Headers headers) {
        List<String> hops = headers.all("X-Forwarded-For").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        String client = peer;
        for (String hop : hops.reversed()) {
            String address = CidrSet.canonical(hop);
            if (address == null) {
                return client;
            }
            client = address;
            if (!contains(client)) {
                return client;
            }
        }
        return client;
    }
}
