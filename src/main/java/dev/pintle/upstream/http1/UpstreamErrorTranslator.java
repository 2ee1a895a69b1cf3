package dev.pintle.upstream.http1;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.upstream.target.ConnectFailure;
import dev.pintle.upstream.target.Target;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Translates the exceptions of HttpClient into errors of the gateway. No other class depends on these exceptions. */
final class UpstreamErrorTranslator {
    /** The phase of an attempt. */
    enum Phase {
        CONNECTING,
        SENDING,
        WAITING,
        RECEIVING
    }

    /**
     * The progress of an attempt when it failed.
     *
     * @param expired whether the gateway itself closed the connection because the phase took too long
     * @param receivedAny whether a byte of the response arrived
     */
    record Progress(Phase phase, boolean expired, boolean receivedAny) {}

    /** @param text the predicate of a sentence about the target */
    private record Reason(ProxyStatusError error, String text) {}

    private UpstreamErrorTranslator() {}

    /** The failure behind an exception. */
    static ExchangeException failure(Exception thrown, Progress progress, Target target) {
        if (thrown instanceof ExchangeException failure) {
            return failure;
        }
        if (progress.phase == Phase.CONNECTING) {
            return ConnectFailure.of(thrown, progress.expired, target);
        }
        if (progress.expired) {
            Reason reason = timeout(progress.phase);
            return new ExchangeException(FailureKind.TIMEOUT, reason.error, target + " " + reason.text);
        }
        Reason reason = responseReason(thrown, progress);
        return new ExchangeException(
                reason.error == ProxyStatusError.HTTP_RESPONSE_HEADER_SECTION_SIZE
                        ? FailureKind.HEAD_TOO_LARGE
                        : FailureKind.RESET,
                reason.error,
                target + " " + reason.text);
    }

    private static boolean says(Exception thrown, String words) {
        return thrown.getMessage() != null && thrown.getMessage().contains(words);
    }

    private static Reason timeout(Phase phase) {
        return switch (phase) {
            case SENDING ->
                new Reason(ProxyStatusError.CONNECTION_WRITE_TIMEOUT, "did not take the request body in time");
            case RECEIVING ->
                new Reason(ProxyStatusError.CONNECTION_READ_TIMEOUT, "stopped sending in the middle of its response");
            default -> new Reason(ProxyStatusError.HTTP_RESPONSE_TIMEOUT, "did not answer in time");
        };
    }

    private static Reason responseReason(Exception thrown, Progress progress) {
        return switch (thrown) {
            case MessageConstraintException e -> tooLarge(e, progress.phase);
            case MalformedChunkCodingException e
            when !(e instanceof TruncatedChunkException) ->
                new Reason(ProxyStatusError.HTTP_RESPONSE_TRANSFER_CODING, "sent invalid chunks: " + e.getMessage());
            case IOException e
            when progress.phase == Phase.RECEIVING ->
                new Reason(ProxyStatusError.HTTP_RESPONSE_INCOMPLETE, "broke off in the middle of its response");
            case NotImplementedException e ->
                new Reason(
                        ProxyStatusError.HTTP_RESPONSE_TRANSFER_CODING,
                        "sent an unsupported transfer coding: " + e.getMessage());
            case HttpException e ->
                new Reason(ProxyStatusError.HTTP_PROTOCOL_ERROR, "answered with invalid HTTP: " + e.getMessage());
            case IOException e
            when progress.receivedAny ->
                new Reason(
                        ProxyStatusError.HTTP_RESPONSE_INCOMPLETE,
                        "closed the connection before the end of its response head");
            case NoHttpResponseException e ->
                new Reason(ProxyStatusError.CONNECTION_TERMINATED, "closed the connection without an answer");
            case SSLException e
            when says(e, "Remote host terminated") ->
                new Reason(ProxyStatusError.CONNECTION_TERMINATED, "closed the connection without an answer");
            case SSLException e ->
                new Reason(ConnectFailure.tlsError(e), "ended TLS before its answer (" + e.getMessage() + ')');
            case IOException e ->
                new Reason(ProxyStatusError.CONNECTION_TERMINATED, "reset the connection before its answer");
            default -> new Reason(ProxyStatusError.PROXY_INTERNAL_ERROR, "failed: " + thrown);
        };
    }

    private static Reason tooLarge(MessageConstraintException thrown, Phase phase) {
        if (phase == Phase.RECEIVING) {
            return new Reason(
                    ProxyStatusError.HTTP_RESPONSE_TRANSFER_CODING,
                    "sent a chunk extension or a trailer that is too large");
        }
        if (says(thrown, "empty line")) {
            return new Reason(ProxyStatusError.HTTP_PROTOCOL_ERROR, "answered with an empty line instead of a status");
        }
        return new Reason(
                ProxyStatusError.HTTP_RESPONSE_HEADER_SECTION_SIZE,
                "answered with a head of more than upstreamMaxResponseHeaderSize in the gateway's config.yml, or of"
                        + " more than 1000 headers");
    }
}
