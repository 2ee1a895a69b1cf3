package dev.pintle.upstream.http2;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.upstream.target.Target;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.RetryableStreamException;
import org.jspecify.annotations.Nullable;

/** Translates the ends of streams into failures of attempts. */
final class StreamFailure {
    private StreamFailure() {}

    /**
     * The target reset the stream.
     *
     * @param answered whether its response head had arrived
     */
    static RuntimeException reset(int error, boolean answered, Target target) {
        return error == ErrorCode.REFUSED_STREAM_ERROR.code
                ? new RefusedStreamException()
                : broken("reset the stream with " + ErrorCode.toString(error, "an unknown code"), answered, target);
    }

    /** The connection of the stream failed. */
    static RuntimeException connection(
            int error, String reason, @Nullable Throwable cause, boolean answered, Target target) {
        return cause instanceof RetryableStreamException || error == ErrorCode.REFUSED_STREAM_ERROR.code
                ? new UnprocessedException("ended the connection before it processed the request")
                : broken("broke the connection off (" + reason + ')', answered, target);
    }

    /** The head of the request was not sent, or not whole. */
    static RuntimeException notOpened(Throwable cause, Target target) {
        // Jetty refuses a stream before it sends a byte, and reports one that a GOAWAY excludes. Any other failure is
        // one of a write, and several frames leave
        // together: the target may have received this one.
        return cause instanceof IllegalStateException
                        || cause instanceof IllegalArgumentException
                        || cause instanceof RetryableStreamException
                ? new UnprocessedException("accepts no further stream on its connection: " + cause.getMessage())
                : broken("broke the connection off (" + cause + ')', false, target);
    }

    /** The target violated the protocol. */
    static ExchangeException outOfOrder(Target target) {
        return new ExchangeException(
                FailureKind.RESET,
                ProxyStatusError.HTTP_PROTOCOL_ERROR,
                target + " sent headers or content out of order");
    }

    /** The response is malformed (RFC 9113 section 8.1.1). */
    static ExchangeException malformed(String fault, Target target) {
        return new ExchangeException(
                FailureKind.RESET,
                ProxyStatusError.HTTP_PROTOCOL_ERROR,
                target + " sent a malformed response: " + fault);
    }

    /** The target does not come to its final response. */
    static ExchangeException tooManyInterim(int most, Target target) {
        return new ExchangeException(
                FailureKind.RESET,
                ProxyStatusError.HTTP_PROTOCOL_ERROR,
                target + " sent more than " + most + " interim responses");
    }

    private static ExchangeException broken(String how, boolean answered, Target target) {
        return answered
                ? new ExchangeException(
                        FailureKind.RESET,
                        ProxyStatusError.HTTP_RESPONSE_INCOMPLETE,
                        target + " " + how + " in the middle of its response")
                : new ExchangeException(
                        FailureKind.RESET,
                        ProxyStatusError.CONNECTION_TERMINATED,
                        target + " " + how + " before its answer");
    }
}
