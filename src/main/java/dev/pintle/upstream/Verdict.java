package dev.pintle.upstream;

import dev.pintle.exchange.FailureKind;

/** What an attempt says of its target. */
enum Verdict {
    /** It answered, and took the request upon itself. */
    GOOD,
    /** It failed: no connection, a reset, a time-out, or one of the answers 500, 502, 503 and 504. */
    BAD,
    /** Nothing: the client was to blame, or left. */
    NONE;

    static Verdict of(int status) {
        return switch (status) {
            case 500, 502, 503, 504 -> BAD;
            default -> GOOD;
        };
    }

    static Verdict of(FailureKind kind) {
        return kind.owner() == FailureKind.Owner.UPSTREAM ? BAD : NONE;
    }
}
