package dev.pintle.server.proxyprotocol;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A PROXY header (version 1 or 2 of the specification of HAProxy).
 *
 * @param addresses null when the load balancer opened the connection for itself or does not know its client
 * @param length in bytes
 */
record ProxyHeader(@Nullable Addresses addresses, int length) {
    /** The maximum length, which includes the additional values of version 2. */
    static final int MAX_LENGTH = 4 << 10;

    /**
     * The two ends of the connection of a client to the load balancer.
     *
     * @param source the client
     * @param destination of the load balancer
     */
    record Addresses(InetSocketAddress source, InetSocketAddress destination) {}

    /**
     * Parses the bytes that have arrived.
     *
     * @param bytes from the beginning of the connection; stays unchanged
     * @return null when the header is incomplete
     * @throws MalformedProxyHeaderException as soon as a byte shows that this is no header
     */
    static @Nullable ProxyHeader parse(ByteBuffer bytes) throws MalformedProxyHeaderException {
        if (!bytes.hasRemaining()) {
            return null;
        }
        ByteBuffer input = bytes.slice();
        return input.get(0) == ProxyHeaderV2.SIGNATURE[0] ? ProxyHeaderV2.parse(input) : ProxyHeaderV1.parse(input);
    }

    /** Checks the bytes that have arrived against the beginning that every header of a version has. */
    static void checkSignature(ByteBuffer input, byte[] signature) throws MalformedProxyHeaderException {
        for (int i = 0; i < Math.min(input.limit(), signature.length); i++) {
            if (input.get(i) != signature[i]) {
                throw new MalformedProxyHeaderException("does not begin with a PROXY header");
            }
        }
    }
}
