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
 * Answers requests that Jetty refuses before the proxy sees them: malformed, oversized or slow heads, and unknown
 * versions. Such an answer has the same trace id, problem, metric and log line as any other.
 */
public final class ServerErrorHandler implements Request.Handler {
    private static final Headers RETRY_SOON = Headers.of("Retry-After", "1");

    private final ExchangeLifecycle reception;

    public ServerErrorHandler(ExchangeLifecycle reception) {
        this.reception = reception;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        int status = status(request, response.getStatus());
        response.setStatus(status);
        Exchange exchange = reception.open(request, response, Body.EMPTY);
        ErrorCode code = code(request, status);
        Headers further = code == ErrorCode.OVERLOADED ? RETRY_SOON : Headers.EMPTY;
        FinalResponse answer = ProblemResponses.answer(exchange.context(), code, status, reason(request), further);
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
        reception.close(request, exchange, status, 0, content.length);
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
     * The server would answer 426 to a version that is too high, and name none to upgrade to (RFC 9110 section
     * 15.5.22).
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

    /** Jetty dates a response when the request's head is complete, which it may never be. */
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
            return "the head of the request did not come in time";
        }
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        return message == null ? "the server refused the request" : message.toString();
    }
}
