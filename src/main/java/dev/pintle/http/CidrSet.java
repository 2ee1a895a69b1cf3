package dev.pintle.http;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A set of IP address blocks. Addresses are literals. An IPv4-mapped IPv6 address equals its IPv4 address. Immutable. */
public final class CidrSet {
    /** Excludes names, wildcards, ranges, binary numbers, shorthand such as 127.1, and the empty string. */
    private static final IPAddressStringParameters BLOCK = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowMask(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowBinary(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowBinary(false)
            .getParentBuilder()
            .toParams();

    private static final IPAddressStringParameters ADDRESS =
            BLOCK.toBuilder().allowPrefix(false).toParams();

    /**
     * Text that the library accepts and that programs read differently: white space, a prefix length without an address
     * (it reads /81 as a mask), and decimal numbers with leading zeros, which may be octal.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("\\s|^/|/0\\d|(?:^|[.:])0\\d+\\.|\\.0\\d");

    private static final IPAddressGenerator GENERATOR = new IPAddressGenerator();

    private static final int IPV4_NETWORK = 24;
    private static final int IPV6_NETWORK = 48;

    private final List<IPAddress> blocks;

    private CidrSet(List<IPAddress> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Parses address blocks.
     *
     * @param cidrs such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address
     * @throws IllegalArgumentException when one of them is not an address block
     */
    public static CidrSet of(List<String> cidrs) {
        List<IPAddress> blocks = new ArrayList<>();
        for (String cidr : cidrs) {
            IPAddress block = parsed(cidr, BLOCK);
            if (block == null) {
                throw new IllegalArgumentException(
                        '"' + cidr + "\" is not an address block; write one such as 10.0.0.0/8 or 2001:db8::/32");
            }
            blocks.add(block.toPrefixBlock());
        }
        return new CidrSet(blocks);
    }

    /** Whether the text is an address or an address block without a zone. Zones are names of local network interfaces. */
    public static boolean isBlock(String text) {
        return text.indexOf('%') < 0 && parsed(text, BLOCK) != null;
    }

    /** Whether a block contains the address; false for text that is not an address. */
    public boolean contains(String address) {
        if (blocks.isEmpty()) {
            return false;
        }
        IPAddress parsed = parsed(address, ADDRESS);
        return parsed != null && blocks.stream().anyMatch(block -> block.contains(parsed));
    }

    /** Whether a block contains the address. */
    public boolean contains(InetAddress address) {
        IPAddress plain = plain(GENERATOR.from(address));
        return blocks.stream().anyMatch(block -> block.contains(plain));
    }

    /** The canonical form of an address; null for text that is not an address. */
    public static @Nullable String canonical(String address) {
        IPAddress parsed = parsed(address, ADDRESS);
        return parsed == null ? null : parsed.toCanonicalString();
    }

    /** The /24 (IPv4) or /48 (IPv6) network of an address; null for text that is not an address. */
    public static @Nullable String network(String address) {
        IPAddress parsed = parsed(address, ADDRESS);
        return parsed == null
                ? null
                : parsed.toPrefixBlock(parsed.isIPv4() ? IPV4_NETWORK : IPV6_NETWORK)
                        .toCanonicalString();
    }

    private static @Nullable IPAddress parsed(String text, IPAddressStringParameters syntax) {
        if (AMBIGUOUS.matcher(text).find()) {
            return null;
        }
        try {
            IPAddress address = new IPAddressString(text, syntax).toAddress();
            return address == null ? null : plain(address);
        } catch (AddressStringException | IncompatibleAddressException e) {
            return null;
        }
    }

    private static IPAddress plain(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }
}
