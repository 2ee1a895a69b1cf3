package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.http.TraceId;
import dev.pintle.telemetry.TraceContextExtractor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that the server rejects on the admin port, such as a malformed head, with problems of the admin API.
 */
public final class AdminErrorHandler implements Request.Handler {
    private final TraceContextExtractor traceIds;

    public AdminErrorHandler(TraceContextExtractor traceIds) {
        this.traceIds = traceIds;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpFields requestHeaders = request.getHeaders();
        TraceId trace = traceIds.of(requestHeaders.get("traceparent"), requestHeaders.get("X-Trace-ID"))
                .id();
        ApiErrorCode errorCode = errorCode(response.getStatus());
        byte[] content =
                ApiProblem.of(errorCode, detail(request)).json(trace).toString().getBytes(StandardCharsets.UTF_8);
        HttpFields.Mutable fields = response.getHeaders();
        SecurityHeadersFilter.HEADERS.forEach(fields::put);
        fields.put(HttpHeader.CONTENT_TYPE, ApiProblem.MEDIA_TYPE);
        fields.put(HttpHeader.CONTENT_LENGTH, Integer.toString(content.length));
        fields.put(HttpHeader.CONNECTION, "close");
        fields.put("X-Trace-ID", trace.hex());
        response.setStatus(errorCode.status());
        response.write(true, ByteBuffer.wrap(content), callback);
        return true;
    }

    private static ApiErrorCode errorCode(int status) {
        return switch (status) {
            case 404 -> ApiErrorCode.NOT_FOUND;
            case 408 -> ApiErrorCode.REQUEST_TIMEOUT;
            case 414, 431 -> ApiErrorCode.HEADERS_TOO_LARGE;
            default -> status < 500 || status == 505 ? ApiErrorCode.BAD_REQUEST : ApiErrorCode.INTERNAL;
        };
    }

    private static String detail(Request request) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        return message == null ? "The server rejected the request." : message.toString();
    }
}
