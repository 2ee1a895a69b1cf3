package dev.pintle.upstream.target;

import dev.pintle.http.FailureKind;

/** What an attempt says of its target. */
public enum AttemptVerdict {
    /** It answered, and took the request upon itself. */
    SUCCESS,
    /** It failed: no connection, a reset, a time-out, or one of the answers 500, 502, 503 and 504. */
    FAILURE,
    /** Nothing: the client was to blame, or left. */
    NONE;

    public static AttemptVerdict of(int status) {
        return switch (status) {
            case 500, 502, 503, 504 -> FAILURE;
            default -> SUCCESS;
        };
    }

    public static AttemptVerdict of(FailureKind kind) {
        return kind.faultParty() == FailureKind.FaultParty.UPSTREAM ? FAILURE : NONE;
    }
}
