package dev.pintle.upstream.target;

import dev.pintle.http.ExchangeException;

/**
 * The outcome of an attempt at a target.
 *
 * @param reason a description for logs; empty unless the verdict is a failure
 */
public record AttemptOutcome(AttemptVerdict verdict, String reason) {
    public static final AttemptOutcome SUCCESS = new AttemptOutcome(AttemptVerdict.SUCCESS, "");

    /** Says nothing about the target. */
    public static final AttemptOutcome NEUTRAL = new AttemptOutcome(AttemptVerdict.IGNORED, "");

    /** The target answered a request. */
    public static AttemptOutcome answered(int status) {
        AttemptVerdict verdict = AttemptVerdict.of(status);
        return verdict == AttemptVerdict.FAILURE ? failed("answered " + status) : SUCCESS;
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
