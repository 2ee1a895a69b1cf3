package dev.pintle.http;

import java.util.Objects;

/** The address of the other end of a connection. */
public final class RemoteAddress {
    private RemoteAddress() {}

    /**
     * Returns the address in the form that addresses in headers get (RFC 5952), so that logs, limits and filters know a
     * client by one text. The zone is left out, because it is the name of a local network interface.
     *
     * @param reported an address as the server reports it, such as {@code [fe80:0:0:0:0:0:0:7%eth0]}; other text stays
     *     as it is
     */
    public static String canonical(String reported) {
        if (reported.indexOf(':') < 0) {
            return reported;
        }
        boolean isBracketed = reported.startsWith("[") && reported.endsWith("]");
        String address = isBracketed ? reported.substring(1, reported.length() - 1) : reported;
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return Objects.requireNonNullElse(CidrSet.canonical(plain), reported);
    }
}
