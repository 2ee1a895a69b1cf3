package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests whose meaning Jersey would change silently. Jersey drops path parameters ({@code /routes/a;b}
 * becomes {@code /routes/a}) and ignores the content coding and charset of a body.
 */
@PreMatching
@Priority(Priorities.AUTHORIZATION)
public final class RequestFormFilter implements ContainerRequestFilter {
    private static final String UTF_8 = "utf-8";
    private static final String NUL = "%00";

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getRawPath();
        if (path != null && path.indexOf(';') >= 0) {
            throw new ApiException(
                    ApiErrorCode.NOT_FOUND,
                    "The admin API has no path parameters. Remove the semicolon and the" + " text after it.");
        }
        refuseNul(request.getUriInfo().getRequestUri().getRawQuery());
        refuseCoded(request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
        refuseCharset(request.getMediaType());
    }

    /** PostgreSQL cannot store NUL. Jetty rejects a NUL in the path. */
    private static void refuseNul(@Nullable String query) {
        if (query != null && query.contains(NUL)) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, "The query must not contain a NUL character.");
        }
    }

    private static void refuseCoded(@Nullable String coding) {
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw new ApiException(ApiProblem.withField(
                    ApiErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body without Content-Encoding.",
                    HttpHeaders.ACCEPT_ENCODING,
                    "identity"));
        }
    }

    private static void refuseCharset(@Nullable MediaType type) {
        String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.toLowerCase(Locale.ROOT).equals(UTF_8)) {
            throw new ApiException(ApiErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body in UTF-8.");
        }
    }
}
