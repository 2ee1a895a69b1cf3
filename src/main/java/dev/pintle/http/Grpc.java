package dev.pintle.http;

import org.jspecify.annotations.Nullable;

/** Recognizes gRPC messages (gRPC over HTTP/2). */
public final class Grpc {
    public static final String STATUS = "grpc-status";
    public static final String MESSAGE = "grpc-message";
    public static final String TIMEOUT = "grpc-timeout";

    private static final String CONTENT_TYPE = "application/grpc";

    /** Begin the encoding of messages, and parameters. */
    private static final String SEPARATORS = "+; ";

    private Grpc() {}

    /** Whether headers announce gRPC. gRPC-Web has another content type. */
    public static boolean isIn(Headers headers) {
        return isContentType(headers.first("Content-Type"));
    }

    /** Whether this is a content type of gRPC. */
    public static boolean isContentType(@Nullable String type) {
        int length = CONTENT_TYPE.length();
        return type != null
                && type.regionMatches(true, 0, CONTENT_TYPE, 0, length)
                && (type.length() == length || SEPARATORS.indexOf(type.charAt(length)) >= 0);
    }

    /**
     * The status that ends a call.
     *
     * @param headers trailers, or the head of a response that consists of trailers only
     */
    public static @Nullable GrpcStatus status(Headers headers) {
        String value = headers.first(STATUS);
        return value == null ? null : GrpcStatus.parse(value);
    }
}
