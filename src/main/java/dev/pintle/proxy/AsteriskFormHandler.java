package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests with the target {@code *}, which concern the gateway itself and match no route. {@code OPTIONS *} is
 * a ping (RFC 9110 section 9.3.7); the response lists the methods that routes support. The target is malformed with
 * other methods.
 */
public final class AsteriskFormHandler implements Request.Handler {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE";

    private final ExchangeLifecycle exchanges;

    public AsteriskFormHandler(ExchangeLifecycle exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!"*".equals(request.getHttpURI().getPath())) {
            return false;
        }
        if (!HttpMethod.OPTIONS.is(request.getMethod())) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "the target * requires the method OPTIONS");
            return true;
        }
        Exchange exchange = exchanges.open(request, response, Body.EMPTY);
        response.setStatus(HttpStatus.NO_CONTENT_204);
        response.getHeaders().put(HttpHeader.ALLOW, METHODS);
        response.getHeaders().put("X-Trace-ID", exchange.context().trace().id().hex());
        exchanges.close(request, exchange, HttpStatus.NO_CONTENT_204, 0, 0);
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        return true;
    }
}
