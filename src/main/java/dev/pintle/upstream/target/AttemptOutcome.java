package dev.pintle.upstream.target;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.GrpcStatus;

/**
 * The outcome of an attempt at a target.
 *
 * @param reason a description for logs; empty unless the verdict is a failure
 */
public record AttemptOutcome(AttemptVerdict verdict, String reason) {
    public static final AttemptOutcome SUCCESS = new AttemptOutcome(AttemptVerdict.SUCCESS, "");

    /** Is no evidence about the target. */
    public static final AttemptOutcome NEUTRAL = new AttemptOutcome(AttemptVerdict.IGNORED, "");

    /** The target answered a request. */
    public static AttemptOutcome answered(GatewayResponse response) {
        if (Grpc.status(response.headers()) == GrpcStatus.UNAVAILABLE) {
            return failed("answered grpc-status 14");
        }
        AttemptVerdict verdict = AttemptVerdict.of(response.status());
        return verdict == AttemptVerdict.FAILURE ? failed("answered " + response.status()) : SUCCESS;
    }

    /** The target did not answer. */
    public static AttemptOutcome of(ExchangeException failure) {
        AttemptVerdict verdict = AttemptVerdict.of(failure.kind());
        return verdict == AttemptVerdict.FAILURE ? failed(failure.sentence()) : NEUTRAL;
    }

    public static AttemptOutcome failed(String reason) {
        return new AttemptOutcome(AttemptVerdict.FAILURE, reason);
    }
}
