package dev.pintle.server.proxyprotocol;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The PROXY header in version 1: one line of text, such as {@code PROXY TCP4 203.0.113.7 192.0.2.1 56324 443}. */
final class ProxyHeaderV1 {
    private static final byte[] SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);

    /** The maximum length, which includes the line end. */
    private static final int MAX_LENGTH = 107;

    private static final String IPV4 = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}";
    private static final String IPV6 = "[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*";
    private static final String PORTS = " (?<from>0|[1-9][0-9]{0,4}) (?<to>0|[1-9][0-9]{0,4})";
    private static final Pattern TCP4 =
            Pattern.compile("TCP4 (?<source>" + IPV4 + ") (?<destination>" + IPV4 + ")" + PORTS);
    private static final Pattern TCP6 =
            Pattern.compile("TCP6 (?<source>" + IPV6 + ") (?<destination>" + IPV6 + ")" + PORTS);
    private static final Pattern UNKNOWN = Pattern.compile("UNKNOWN(?: .*)?");

    private ProxyHeaderV1() {}

    static @Nullable ProxyHeader parse(ByteBuffer input) throws MalformedProxyHeaderException {
        ProxyHeader.checkSignature(input, SIGNATURE);
        for (int i = 0; i < Math.min(input.limit(), MAX_LENGTH); i++) {
            if (input.get(i) == '\n') {
                return line(input, i);
            }
        }
        if (input.limit() >= MAX_LENGTH) {
            throw new MalformedProxyHeaderException(
                    "begins with a PROXY header of version 1 that is longer than " + MAX_LENGTH + " bytes");
        }
        return null;
    }

    private static ProxyHeader line(ByteBuffer input, int lineFeed) throws MalformedProxyHeaderException {
        if (lineFeed <= SIGNATURE.length || input.get(lineFeed - 1) != '\r') {
            throw malformed();
        }
        byte[] text = new byte[lineFeed - 1 - SIGNATURE.length];
        input.get(SIGNATURE.length, text);
        String line = new String(text, StandardCharsets.ISO_8859_1);
        return new ProxyHeader(addresses(line), lineFeed + 1);
    }

    private static ProxyHeader.@Nullable Addresses addresses(String line) throws MalformedProxyHeaderException {
        if (UNKNOWN.matcher(line).matches()) {
            return null;
        }
        Matcher form = (line.startsWith("TCP6") ? TCP6 : TCP4).matcher(line);
        if (!form.matches()) {
            throw malformed();
        }
        try {
            return new ProxyHeader.Addresses(
                    new InetSocketAddress(address(form.group("source")), Integer.parseInt(form.group("from"))),
                    new InetSocketAddress(address(form.group("destination")), Integer.parseInt(form.group("to"))));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static InetAddress address(String literal) {
        return literal.indexOf(':') < 0 ? InetAddress.ofLiteral(literal) : Inet6Address.ofLiteral(literal);
    }

    private static MalformedProxyHeaderException malformed() {
        return new MalformedProxyHeaderException("begins with a malformed PROXY header of version 1");
    }
}
