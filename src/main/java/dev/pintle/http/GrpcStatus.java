package dev.pintle.http;

import java.util.Locale;

/** The status codes of gRPC. */
public enum GrpcStatus {
    OK(0),
    CANCELLED(1),
    UNKNOWN(2),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    ALREADY_EXISTS(6),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    ABORTED(10),
    OUT_OF_RANGE(11),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    DATA_LOSS(15),
    UNAUTHENTICATED(16);

    private final int number;

    GrpcStatus(int number) {
        this.number = number;
    }

    /** The number in {@code grpc-status}. */
    public int number() {
        return number;
    }

    /** The name in settings, such as {@code deadline-exceeded}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status of a number; {@link #UNKNOWN} for any other text. */
    static GrpcStatus parse(String number) {
        for (GrpcStatus status : values()) {
            if (Integer.toString(status.number()).equals(number)) {
                return status;
            }
        }
        return UNKNOWN;
    }

    /** The status of a response that the gateway generated before any message passed. */
    public static GrpcStatus of(ErrorCode code) {
        return switch (code) {
            case NO_ROUTE, UNSUPPORTED -> UNIMPLEMENTED;
            case ErrorCode.UNAUTHENTICATED, TOKEN_EXPIRED, CREDENTIALS_INVALID -> UNAUTHENTICATED;
            case FORBIDDEN -> PERMISSION_DENIED;
            case RATE_LIMITED, BODY_TOO_LARGE, HEADERS_TOO_LARGE -> RESOURCE_EXHAUSTED;
            // Clients repeat UNAVAILABLE.
            case UPSTREAM_TIMEOUT -> DEADLINE_EXCEEDED;
            case CIRCUIT_OPEN,
                    OVERLOADED,
                    NO_HEALTHY_TARGET,
                    UPSTREAM_UNREACHABLE,
                    UPSTREAM_RESET,
                    SHUTTING_DOWN,
                    MAINTENANCE,
                    CONFIGURATION_REJECTED,
                    IDENTITY_UNAVAILABLE -> UNAVAILABLE;
            case CLIENT_GONE -> CANCELLED;
            case BAD_REQUEST, REQUEST_TIMEOUT, URI_TOO_LONG, ErrorCode.INTERNAL -> INTERNAL;
        };
    }

    /** The status that clients derive from the status code of a response without {@code grpc-status}. */
    public static GrpcStatus ofHttp(int status) {
        return switch (status) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }
}
