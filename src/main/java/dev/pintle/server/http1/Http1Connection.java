package dev.pintle.server.http1;

import dev.pintle.server.guards.HeadBudget;
import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.guards.HeadRefusedException;
import dev.pintle.server.guards.HostHeader;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's connection for HTTP/1.1 with limits on heads and strict hosts and request targets. It accepts a chunked body
 * only after the end of its trailer section.
 *
 * <p>The last is a workaround: Jetty 12.1 completes a chunked body in three cases: the client sends FIN after the CR
 * that follows a chunk, after the last chunk, or after any line of the trailers. In the first case
 * {@code HttpParser.parseNext} reports a bad message instead of an early end, and the servlet reads the end of the body
 * (<a href="https://github.com/jetty/jetty.project/issues/1234">Jetty issue 1234</a> changed that for malformed chunks
 * only). In the other cases it tolerates the missing empty line. {@code JettyParserTest} fails when Jetty detects these
 * cuts; delete the workaround then.
 */
final class Http1Connection extends HttpConnection {
    private final HeadLimits limits;
    private volatile HeadBudget.Share memory;

    Http1Connection(HttpConfiguration configuration, Connector connector, EndPoint endPoint, HeadLimits limits) {
        // Jetty's constructor creates the parser and its handler, which use these fields.
        this.limits = limits;
        this.memory = limits.budget().share();
        super(configuration, connector, endPoint);
    }

    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
        HttpParser original = super.newHttpParser(compliance);
        HttpParser parser = new Http1Parser(
                (HttpParser.RequestHandler) original.getHandler(),
                getHttpConfiguration().getRequestHeaderSize(),
                compliance,
                headBytes -> memory.grow(headBytes));
        parser.setHeaderCacheSize(original.getHeaderCacheSize());
        parser.setHeaderCacheCaseSensitive(original.isHeaderCacheCaseSensitive());
        return parser;
    }

    @Override
    protected RequestHandler newRequestHandler() {
        return new HeadHandler();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        memory.release();
        super.onClose(cause);
    }

    /** Handles the heads and trailers of the requests, one after another. */
    private final class HeadHandler extends RequestHandler {
        private int headers;

        @Override
        public void messageBegin() {
            memory.release();
            memory = limits.budget().share();
            headers = 0;
            super.messageBegin();
        }

        @Override
        public void startRequest(String method, String uri, HttpVersion version) {
            super.startRequest(method, uri, version);
            reserveMemory();
            String fault = RequestTarget.fault(uri);
            if (fault != null) {
                throw HeadRefusedException.malformed(fault);
            }
        }

        @Override
        public void parsedHeader(HttpField field) {
            reserveMemory();
            limits.checkHeaders(++headers);
            if (field.getHeader() == HttpHeader.HOST && !isValidHost(field.getValue())) {
                throw HeadRefusedException.malformed("Host is not a host with an optional port");
            }
            super.parsedHeader(field);
        }

        private static boolean isValidHost(@Nullable String value) {
            return value != null && HostHeader.isValid(value);
        }

        @Override
        public boolean headerComplete() {
            reserveMemory();
            boolean handle = super.headerComplete();
            Request request = getHttpChannel().getRequest();
            if (request != null) {
                HeadBudget.Share reserved = memory;
                Request.addCompletionListener(request, failure -> reserved.release());
            }
            return handle;
        }

        @Override
        public void parsedTrailer(HttpField field) {
            limits.checkHeaders(++headers);
            super.parsedTrailer(field);
        }

        /**
         * Rejects a message that ends at the end of the stream: Jetty requests more bytes only when the message is
         * incomplete.
         */
        @Override
        public boolean messageComplete() {
            if (getParser().isAtEOF()) {
                earlyEOF();
                return false;
            }
            return super.messageComplete();
        }

        @Override
        public void badMessage(HttpException failure) {
            if (getParser().isAtEOF() && getHttpChannel().getRequest() != null) {
                earlyEOF();
            } else {
                super.badMessage(failure);
            }
        }

        private void reserveMemory() {
            if (!memory.grow(getParser().getHeaderLength())) {
                throw HeadLimits.overloaded();
            }
        }
    }
}
