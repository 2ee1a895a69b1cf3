package dev.pintle.upstream.dns;

import java.net.SocketTimeoutException;

/** DNS did not answer before the connect timeout expired. */
public final class DnsTimeoutException extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;

    DnsTimeoutException() {
        super("the DNS lookup timed out");
    }
}
