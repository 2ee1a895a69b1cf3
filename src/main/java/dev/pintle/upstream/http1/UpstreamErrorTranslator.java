package dev.pintle.upstream.http1;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.upstream.dns.BlockedDestinationException;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.tls.TlsErrorMessages;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Translates the exceptions of HttpClient into errors of the gateway. No other class depends on these exceptions. */
final class UpstreamErrorTranslator {
    /** The phase of an attempt. */
    enum Phase {
        CONNECTING,
        SENDING,
        WAITING,
        RECEIVING
    }

    private UpstreamErrorTranslator() {}

    /**
     * The failure behind an exception.
     *
     * @param expired whether the gateway itself closed the connection because the phase took too long
     */
    static ExchangeException failure(Exception thrown, Phase phase, boolean expired, Target target) {
        if (thrown instanceof ExchangeException failure) {
            return failure;
        }
        if (phase == Phase.CONNECTING) {
            return new ExchangeException(
                    FailureKind.CONNECT, "no connection to " + target + ": " + connectReason(thrown, expired));
        }
        if (expired) {
            return new ExchangeException(FailureKind.TIMEOUT, target + " " + tooLong(phase));
        }
        if (isOversizedHead(thrown, phase)) {
            return new ExchangeException(
                    FailureKind.HEAD_TOO_LARGE,
                    target + " answered with a head of more than upstreamMaxResponseHeaderSize in the gateway's"
                            + " config.yml, or of more than 1000 headers");
        }
        return new ExchangeException(FailureKind.RESET, target + " " + brokeOff(thrown, phase));
    }

    private static boolean isOversizedHead(Exception thrown, Phase phase) {
        return phase != Phase.RECEIVING
                && thrown instanceof MessageConstraintException
                && !String.valueOf(thrown.getMessage()).contains("empty line");
    }

    private static String connectReason(Exception thrown, boolean expired) {
        if (expired || thrown instanceof java.net.SocketTimeoutException) {
            return "the connection timed out";
        }
        return switch (thrown) {
            case UnknownHostException e -> "unknown host";
            case NoRouteToHostException e -> "no route to host";
            case ConnectException e -> "connection refused";
            case BlockedDestinationException e -> String.valueOf(e.getMessage());
            case SSLException e -> TlsErrorMessages.reason(e);
            default -> thrown.getClass().getSimpleName() + ' ' + thrown.getMessage();
        };
    }

    private static String tooLong(Phase phase) {
        return switch (phase) {
            case SENDING -> "did not take the request body in time";
            case RECEIVING -> "stopped sending in the middle of its response";
            default -> "did not answer in time";
        };
    }

    private static String brokeOff(Exception thrown, Phase phase) {
        if (phase == Phase.RECEIVING) {
            return "broke off in the middle of its response";
        }
        return switch (thrown) {
            case NoHttpResponseException e -> "closed the connection without an answer";
            case MessageConstraintException e -> "answered with an empty line instead of a status";
            case HttpException e -> "answered with invalid HTTP: " + e.getMessage();
            case SSLException e -> "ended TLS before its answer (" + e.getMessage() + ')';
            case IOException e -> "reset the connection before its answer";
            default -> "failed: " + thrown;
        };
    }
}
