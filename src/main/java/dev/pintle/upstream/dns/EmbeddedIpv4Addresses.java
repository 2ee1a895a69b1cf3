package dev.pintle.upstream.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every address that an address may reach: itself, and the IPv4 addresses that translators and tunnels extract from an
 * IPv6 address. The JDK already converts IPv4-mapped addresses (::ffff:0:0/96) to IPv4.
 */
final class EmbeddedIpv4Addresses {
    private EmbeddedIpv4Addresses() {}

    /** The address itself comes first. */
    static List<InetAddress> of(InetAddress address) {
        List<InetAddress> readings = new ArrayList<>();
        readings.add(address);
        if (!(address instanceof Inet4Address) && !address.isLoopbackAddress() && !address.isAnyLocalAddress()) {
            addEmbedded(address.getAddress(), readings);
        }
        return readings;
    }

    private static void addEmbedded(byte[] octets, List<InetAddress> readings) {
        if (begins(octets, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                || begins(octets, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0)) {
            // IPv4-compatible (RFC 4291 section 2.5.5.1) and IPv4-translated (RFC 2765 section 2.1).
            readings.add(ipv4(octets, 12, 13, 14, 15));
        } else if (begins(octets, 0x20, 0x02)) {
            // 6to4 (RFC 3056).
            readings.add(ipv4(octets, 2, 3, 4, 5));
        } else if (begins(octets, 0x00, 0x64, 0xff, 0x9b, 0, 0)) {
            // NAT64 with its well-known prefix (RFC 6052).
            readings.add(ipv4(octets, 12, 13, 14, 15));
        } else if (begins(octets, 0x00, 0x64, 0xff, 0x9b, 0, 1)) {
            // NAT64 with a local prefix (RFC 8215) of 48 or 96 bits; zeros at either position are not an address.
            Stream.of(ipv4(octets, 6, 7, 9, 10), ipv4(octets, 12, 13, 14, 15))
                    .filter(reading -> reading.getAddress()[0] != 0)
                    .forEach(readings::add);
        } else if (begins(octets, 0x20, 0x01, 0, 0)) {
            // Teredo (RFC 4380): the server, and the client with all bits inverted.
            readings.add(ipv4(octets, 4, 5, 6, 7));
            readings.add(ipv4(turned(octets), 12, 13, 14, 15));
        } else if ((octets[8] & ~2) == 0 && octets[9] == 0 && octets[10] == 0x5e && octets[11] == (byte) 0xfe) {
            // ISATAP (RFC 5214).
            readings.add(ipv4(octets, 12, 13, 14, 15));
        }
    }

    private static byte[] turned(byte[] octets) {
        byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = (byte) ~octets[i];
        }
        return turned;
    }

    private static boolean begins(byte[] octets, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (octets[i] != (byte) prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress ipv4(byte[] octets, int... places) {
        byte[] address = new byte[places.length];
        for (int i = 0; i < places.length; i++) {
            address[i] = octets[places[i]];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
