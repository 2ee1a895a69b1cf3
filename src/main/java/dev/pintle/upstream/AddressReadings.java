package dev.pintle.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every address that an address may lead to: itself, and the IPv4 addresses that translators and tunnels would find in an
 * IPv6 one. The JDK has taken IPv4-mapped addresses (::ffff:0:0/96) for IPv4 already.
 */
final class AddressReadings {
    private static final int IPV6_OCTETS = 16;

    private AddressReadings() {}

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
        if (begins(octets, 0, 0, 0, 0, 0, 0, 0, 0)) {
            if (begins(Arrays.copyOfRange(octets, 8, IPV6_OCTETS), 0, 0, 0, 0)
                    || begins(Arrays.copyOfRange(octets, 8, IPV6_OCTETS), 0xff, 0xff, 0, 0)) {
                // IPv4-compatible (RFC 4291 section 2.5.5.1) and IPv4-translated (RFC 2765 section 2.1).
                readings.add(ipv4(octets, 12));
            }
        }
        if (begins(octets, 0x20, 0x02)) {
            // 6to4 (RFC 3056).
            readings.add(ipv4(octets, 2));
        }
        if (begins(octets, 0x00, 0x64, 0xff, 0x9b)) {
            // NAT64 with its well-known prefix (RFC 6052), and with local ones of 96 or 48 bits (RFC 8215).
            readings.add(ipv4(octets, 12));
            readings.add(ipv4(new byte[] {octets[6], octets[7], octets[9], octets[10]}, 0));
        }
        if (begins(octets, 0x20, 0x01, 0, 0)) {
            // Teredo (RFC 4380): the server, and the client with all bits turned.
            readings.add(ipv4(octets, 4));
            readings.add(ipv4(
                    new byte[] {(byte) ~octets[12], (byte) ~octets[13], (byte) ~octets[14], (byte) ~octets[15]}, 0));
        }
        if ((octets[8] & ~2) == 0 && octets[9] == 0 && octets[10] == 0x5e && octets[11] == (byte) 0xfe) {
            // ISATAP (RFC 5214).
            readings.add(ipv4(octets, 12));
        }
    }

    private static boolean begins(byte[] octets, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (octets[i] != (byte) prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress ipv4(byte[] octets, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(octets, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
