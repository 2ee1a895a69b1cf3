package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.ProblemResponses;
import dev.pintle.server.RequestHeaderTimeout;
import dev.pintle.server.guards.HeadRefusedException;
import dev.pintle.server.http2.Http2RequestValidator;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that Jetty rejects before the proxy receives them: malformed, oversized or slow heads, and unknown
 * versions. Like all responses, such a response has a trace id, a problem, a metric and a log line.
 */
public final class ServerErrorHandler implements Request.Handler {
    private static final Headers RETRY_AFTER = Headers.of("Retry-After", "1");

    private final ExchangeLifecycle exchanges;

    public ServerErrorHandler(ExchangeLifecycle exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        int status = status(request, response.getStatus());
        response.setStatus(status);
        Exchange exchange = exchanges.open(request, response, Body.EMPTY);
        ErrorCode code = code(request, status);
        Headers extraHeaders = code == ErrorCode.OVERLOADED ? RETRY_AFTER : Headers.EMPTY;
        FinalResponse answer = ProblemResponses.answer(exchange.context(), code, status, reason(request), extraHeaders);
        byte[] content = HttpMethod.HEAD.is(request.getMethod())
                ? new byte[0]
                : answer.body().stream().readAllBytes();
        answer.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put("X-Trace-ID", exchange.context().trace().id().hex());
        putDate(request, response);
        boolean http2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
        if (!http2) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        exchanges.close(request, exchange, status, 0, content.length);
        if (http2 && status == HttpStatus.BAD_REQUEST_400) {
            response.write(
                    false,
                    ByteBuffer.wrap(content),
                    Callback.from(() -> Http2RequestValidator.reset(request), callback));
        } else {
            response.write(true, ByteBuffer.wrap(content), callback);
        }
        return true;
    }

    /**
     * Returns the status of the response. Jetty proposes 426 for an unknown version, but the gateway has no version to
     * upgrade to (RFC 9110 section 15.5.22).
     */
    private static int status(Request request, int proposed) {
        if (RequestHeaderTimeout.ended(request)) {
            return HttpStatus.REQUEST_TIMEOUT_408;
        }
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof EofException) {
            return ErrorCode.CLIENT_GONE.status();
        }
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            return HttpStatus.NOT_IMPLEMENTED_501;
        }
        return proposed == HttpStatus.UPGRADE_REQUIRED_426 ? HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 : proposed;
    }

    /** Adds a Date, because Jetty does so only for requests with a complete head. */
    private static void putDate(Request request, Response response) {
        if (!response.getHeaders().contains(HttpHeader.DATE)) {
            Server server = request.getConnectionMetaData().getConnector().getServer();
            response.getHeaders().put(server.getDateField());
        }
    }

    private static ErrorCode code(Request request, int status) {
        return switch (status) {
            case 408 -> ErrorCode.REQUEST_TIMEOUT;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 414 -> ErrorCode.URI_TOO_LONG;
            case 431 -> ErrorCode.HEADERS_TOO_LARGE;
            case 417, 501, 505 -> ErrorCode.UNSUPPORTED;
            case 499 -> ErrorCode.CLIENT_GONE;
            case 503 ->
                request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HeadRefusedException
                        ? ErrorCode.OVERLOADED
                        : ErrorCode.SHUTTING_DOWN;
            default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
        };
    }

    private static String reason(Request request) {
        if (RequestHeaderTimeout.ended(request)) {
            return "the request head did not arrive in time";
        }
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        return message == null ? "the server rejected the request" : message.toString();
    }
}
