package dev.pintle.admin;

import dev.pintle.exchange.TraceId;
import dev.pintle.telemetry.TraceIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server refuses on the admin port by itself, such as a malformed head: told like all that the desk refuses. */
public final class DeskRefusals implements Request.Handler {
    private final TraceIds traceIds;

    public DeskRefusals(TraceIds traceIds) {
        this.traceIds = traceIds;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpFields asked = request.getHeaders();
        TraceId trace =
                traceIds.of(asked.get("traceparent"), asked.get("X-Trace-ID")).id();
        Reason reason = reason(response.getStatus());
        byte[] content =
                DeskProblem.of(reason, detail(request)).json(trace).toString().getBytes(StandardCharsets.UTF_8);
        HttpFields.Mutable fields = response.getHeaders();
        Stamp.SAFE_IN_A_BROWSER.forEach(fields::put);
        fields.put(HttpHeader.CONTENT_TYPE, DeskProblem.MEDIA_TYPE);
        fields.put(HttpHeader.CONTENT_LENGTH, Integer.toString(content.length));
        fields.put(HttpHeader.CONNECTION, "close");
        fields.put("X-Trace-ID", trace.hex());
        response.setStatus(reason.status());
        response.write(true, ByteBuffer.wrap(content), callback);
        return true;
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 404 -> Reason.NOT_FOUND;
            case 408 -> Reason.REQUEST_TIMEOUT;
            case 414, 431 -> Reason.HEADERS_TOO_LARGE;
            default -> status < 500 || status == 505 ? Reason.BAD_REQUEST : Reason.INTERNAL;
        };
    }

    private static String detail(Request request) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        return message == null ? "The server refused the request." : message.toString();
    }
}
