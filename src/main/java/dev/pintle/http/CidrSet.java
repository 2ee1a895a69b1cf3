package dev.pintle.http;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks of IP addresses. Addresses are literals; an IPv4 address in IPv6's clothes is the IPv4 address. Immutable. */
public final class CidrSet {
    /** No names, no wildcards, no ranges, no shorthands such as 127.1; and nothing is no address. */
    private static final IPAddressStringParameters BLOCK = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowMask(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .getParentBuilder()
            .toParams();

    private static final IPAddressStringParameters ADDRESS =
            BLOCK.toBuilder().allowPrefix(false).toParams();

    private static final IPAddressGenerator GENERATOR = new IPAddressGenerator();

    private static final int IPV4_NETWORK = 24;
    private static final int IPV6_NETWORK = 48;

    private final List<IPAddress> blocks;

    private CidrSet(List<IPAddress> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * The blocks.
     *
     * @param cidrs such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address
     * @throws IllegalArgumentException with a sentence, when one is no block
     */
    public static CidrSet of(List<String> cidrs) {
        List<IPAddress> blocks = new ArrayList<>();
        for (String cidr : cidrs) {
            try {
                blocks.add(plain(new IPAddressString(cidr, BLOCK).toAddress().toPrefixBlock()));
            } catch (AddressStringException e) {
                throw new IllegalArgumentException(
                        '"' + cidr + "\" is no block of addresses; write one such as 10.0.0.0/8 or 2001:db8::/32", e);
            }
        }
        return new CidrSet(blocks);
    }

    /** Whether one of the blocks holds the address; none holds what is no address. */
    public boolean contains(String address) {
        if (blocks.isEmpty()) {
            return false;
        }
        IPAddress parsed = parsed(address);
        return parsed != null && blocks.stream().anyMatch(block -> block.contains(parsed));
    }

    /** Whether one of the blocks holds the address. */
    public boolean contains(InetAddress address) {
        IPAddress plain = plain(GENERATOR.from(address));
        return blocks.stream().anyMatch(block -> block.contains(plain));
    }

    /** An address in the one form that every way to write it comes to; null when the text is no address. */
    public static @Nullable String canonical(String address) {
        IPAddress parsed = parsed(address);
        return parsed == null ? null : parsed.toCanonicalString();
    }

    /** The network that an address belongs to, /24 or /48; null when the text is no address. */
    public static @Nullable String network(String address) {
        IPAddress parsed = parsed(address);
        return parsed == null
                ? null
                : parsed.toPrefixBlock(parsed.isIPv4() ? IPV4_NETWORK : IPV6_NETWORK)
                        .toCanonicalString();
    }

    private static @Nullable IPAddress parsed(String text) {
        IPAddress address = new IPAddressString(text, ADDRESS).getAddress();
        return address == null ? null : plain(address);
    }

    private static IPAddress plain(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }
}
