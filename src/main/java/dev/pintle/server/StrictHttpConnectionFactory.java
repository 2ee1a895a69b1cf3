package dev.pintle.server;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 connections that take a chunked request body for complete only when its trailer section has ended.
 *
 * <p>This is a workaround: Jetty 12.1 completes a chunked body when the client sends FIN behind the CR that follows a chunk,
 * behind the last chunk, or behind any line of the trailers. In the first case {@code HttpParser.parseNext} reports a bad
 * message instead of an early end; the servlet then reads the end of the body
 * (<a href="https://github.com/jetty/jetty.project/issues/1234">Jetty issue 1234</a> changed that for malformed chunks only).
 * In the other cases it tolerates the missing empty line. Delete this class when {@code StrictHttpConnectionFactoryTest} says
 * that Jetty detects these cuts.
 */
final class StrictHttpConnectionFactory extends HttpConnectionFactory {
    /** Creates connections as {@code model} is configured. */
    StrictHttpConnectionFactory(HttpConnectionFactory model) {
        super(model.getHttpConfiguration());
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new StrictConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
    }

    private static final class StrictConnection extends HttpConnection {
        StrictConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected RequestHandler newRequestHandler() {
            return new EarlyEndHandler();
        }

        /** Jetty looks for more bytes only where the message needs more, so what ends at the end of the stream is cut. */
        private final class EarlyEndHandler extends RequestHandler {
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
        }
    }
}
