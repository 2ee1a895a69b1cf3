package dev.pintle.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes gRPC messages (gRPC over HTTP/2). */
public final class Grpc {
    public static final String STATUS = "grpc-status";
    public static final String MESSAGE = "grpc-message";
    public static final String TIMEOUT = "grpc-timeout";

    private static final Pattern CONTENT_TYPE = Pattern.compile("(?i)application/grpc([+;].*)?");

    private Grpc() {}

    /** Whether headers announce gRPC. gRPC-Web has another content type. */
    public static boolean isIn(Headers headers) {
        return isContentType(headers.first("Content-Type"));
    }

    /** Whether this is a content type of gRPC. */
    public static boolean isContentType(@Nullable String type) {
        return type != null && CONTENT_TYPE.matcher(type.strip()).matches();
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
