package dev.pintle.upstream.target;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.upstream.dns.BlockedDestinationException;
import dev.pintle.upstream.dns.DnsTimeoutException;
import dev.pintle.upstream.tls.TlsErrorMessages;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Describes why no connection to a target could be opened. */
public final class ConnectFailure {
    /** @param text the cause */
    private record Reason(ProxyStatusError error, String text) {}

    private ConnectFailure() {}

    /**
     * The failure of an attempt without a connection.
     *
     * @param expired whether the gateway gave up because the connect timeout expired
     */
    public static ExchangeException of(Exception thrown, boolean expired, Target target) {
        Reason reason = reason(thrown, expired);
        return new ExchangeException(
                FailureKind.CONNECT, reason.error, "no connection to " + target + ": " + reason.text);
    }

    private static Reason reason(Exception thrown, boolean expired) {
        return switch (thrown) {
            case DnsTimeoutException e -> new Reason(ProxyStatusError.DNS_TIMEOUT, "the DNS lookup timed out");
            case UnknownHostException e -> new Reason(ProxyStatusError.DNS_ERROR, "unknown host");
            case BlockedDestinationException e ->
                new Reason(ProxyStatusError.DESTINATION_IP_PROHIBITED, String.valueOf(e.getMessage()));
            case Exception e
            when expired || e instanceof SocketTimeoutException || says(e, "timed out") ->
                new Reason(ProxyStatusError.CONNECTION_TIMEOUT, "the connection timed out");
            case NoRouteToHostException e -> new Reason(ProxyStatusError.DESTINATION_IP_UNROUTABLE, "no route to host");
            case IOException e
            when says(e, "unreachable") ->
                new Reason(ProxyStatusError.DESTINATION_IP_UNROUTABLE, "network unreachable");
            case ConnectException e -> new Reason(ProxyStatusError.CONNECTION_REFUSED, "connection refused");
            case SSLException e -> new Reason(tlsError(e), TlsErrorMessages.reason(e));
            default ->
                new Reason(
                        ProxyStatusError.CONNECTION_TERMINATED,
                        thrown.getClass().getSimpleName() + ' ' + thrown.getMessage());
        };
    }

    /** The error type of a failed TLS connection. */
    public static ProxyStatusError tlsError(SSLException thrown) {
        if (TlsErrorMessages.isAboutCertificate(thrown)) {
            return ProxyStatusError.TLS_CERTIFICATE_ERROR;
        }
        return says(thrown, "Received fatal alert")
                ? ProxyStatusError.TLS_ALERT_RECEIVED
                : ProxyStatusError.TLS_PROTOCOL_ERROR;
    }

    private static boolean says(Exception thrown, String words) {
        return thrown.getMessage() != null && thrown.getMessage().contains(words);
    }
}
