package dev.pintle.server.proxyprotocol;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The PROXY header in version 2: binary, with addresses and additional values, which the gateway ignores. */
final class ProxyHeaderV2 {
    static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    /** The signature, version and command, family and protocol, and the length of what follows. */
    private static final int FIXED = 16;

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PORT_BYTES = 2;

    /** The type and the length of an additional value. */
    private static final int VALUE_HEAD = 3;

    private ProxyHeaderV2() {}

    static @Nullable ProxyHeader parse(ByteBuffer input) throws MalformedProxyHeaderException {
        ProxyHeader.checkSignature(input, SIGNATURE);
        if (input.limit() < FIXED) {
            return null;
        }
        int length = FIXED + (input.getShort(FIXED - 2) & 0xffff);
        if (length > ProxyHeader.MAX_LENGTH) {
            throw malformed("of more than " + ProxyHeader.MAX_LENGTH + " bytes");
        }
        if (input.limit() < length) {
            return null;
        }
        ByteBuffer content = input.slice(FIXED, length - FIXED);
        return switch (input.get(SIGNATURE.length) & 0xff) {
            case LOCAL -> new ProxyHeader(null, length);
            case PROXY -> new ProxyHeader(addresses(input.get(SIGNATURE.length + 1) & 0xff, content), length);
            default -> throw malformed("with an unknown version or command");
        };
    }

    private static ProxyHeader.@Nullable Addresses addresses(int family, ByteBuffer content)
            throws MalformedProxyHeaderException {
        return switch (family) {
            case UNSPECIFIED -> null;
            case TCP4 -> addresses(content, IPV4_BYTES);
            case TCP6 -> addresses(content, IPV6_BYTES);
            default -> throw malformed("for a protocol other than TCP over IPv4 or IPv6");
        };
    }

    private static ProxyHeader.Addresses addresses(ByteBuffer content, int addressBytes)
            throws MalformedProxyHeaderException {
        if (content.remaining() < 2 * (addressBytes + PORT_BYTES)) {
            throw malformed("that is too short for its addresses");
        }
        InetAddress source = address(content, addressBytes);
        InetAddress destination = address(content, addressBytes);
        ProxyHeader.Addresses addresses = new ProxyHeader.Addresses(
                new InetSocketAddress(source, content.getShort() & 0xffff),
                new InetSocketAddress(destination, content.getShort() & 0xffff));
        skipValues(content);
        return addresses;
    }

    private static InetAddress address(ByteBuffer content, int bytes) {
        byte[] address = new byte[bytes];
        content.get(address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are an address", e);
        }
    }

    /** Each additional value must end within the header. */
    private static void skipValues(ByteBuffer content) throws MalformedProxyHeaderException {
        while (content.hasRemaining()) {
            int length = content.remaining() < VALUE_HEAD
                    ? content.remaining()
                    : content.getShort(content.position() + 1) & 0xffff;
            if (content.remaining() < VALUE_HEAD + length) {
                throw malformed("whose additional values exceed its length");
            }
            content.position(content.position() + VALUE_HEAD + length);
        }
    }

    private static MalformedProxyHeaderException malformed(String fault) {
        return new MalformedProxyHeaderException("begins with a PROXY header of version 2 " + fault);
    }
}
