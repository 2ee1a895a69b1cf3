package dev.pintle.upstream.target;

import dev.pintle.http.FailureKind;

/** The result of an attempt as it counts for the target. */
public enum AttemptVerdict {
    /** The target answered the request. */
    SUCCESS,
    /** The target failed: no connection, a reset, a timeout, or one of the statuses 500, 502, 503 and 504. */
    FAILURE,
    /** The attempt does not count: the client caused the failure or disconnected. */
    IGNORED;

    public static AttemptVerdict of(int status) {
        return switch (status) {
            case 500, 502, 503, 504 -> FAILURE;
            default -> SUCCESS;
        };
    }

    public static AttemptVerdict of(FailureKind kind) {
        return kind.faultParty() == FailureKind.FaultParty.UPSTREAM ? FAILURE : IGNORED;
    }
}
