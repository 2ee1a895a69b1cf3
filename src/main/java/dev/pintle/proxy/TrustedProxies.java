package dev.pintle.proxy;

import dev.pintle.exchange.Headers;
import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word about the client is believed, as CIDR blocks. The client is the last address in
 * {@code X-Forwarded-For} that is not itself such a proxy: what stands before it may have been made up. Immutable.
 */
public final class TrustedProxies {
    private final List<IPAddress> blocks;

    private TrustedProxies(List<IPAddress> blocks) {
        this.blocks = blocks;
    }

    /**
     * Proxies in these blocks.
     *
     * @param cidrs such as {@code 10.0.0.0/8} or a single address
     * @throws IllegalArgumentException with a sentence, when one is no block
     */
    public static TrustedProxies of(List<String> cidrs) {
        List<IPAddress> blocks = new ArrayList<>();
        for (String cidr : cidrs) {
            try {
                blocks.add(new IPAddressString(cidr).toAddress().toPrefixBlock());
            } catch (AddressStringException e) {
                throw new IllegalArgumentException(
                        "\"" + cidr + "\" is no CIDR block such as 10.0.0.0/8 or 2001:db8::/32", e);
            }
        }
        return new TrustedProxies(List.copyOf(blocks));
    }

    boolean contains(String address) {
        if (blocks.isEmpty()) {
            return false;
        }
        IPAddress parsed = parsed(address);
        return parsed != null && blocks.stream().anyMatch(block -> block.contains(parsed));
    }

    /** The client that a trusted peer speaks for. */
    String client(String peer, Headers headers) {
        List<String> hops = headers.all("X-Forwarded-For").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        String client = peer;
        for (String hop : hops.reversed()) {
            IPAddress address = parsed(hop);
            if (address == null) {
                return client;
            }
            client = address.toCanonicalString();
            if (!contains(client)) {
                return client;
            }
        }
        return client;
    }

    private static @Nullable IPAddress parsed(String text) {
        IPAddress address = text.isEmpty() ? null : new IPAddressString(text).getAddress();
        if (address != null && address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
            return address.toIPv6().getEmbeddedIPv4Address();
        }
        return address;
    }
}
