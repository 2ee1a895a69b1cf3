package dev.pintle.server;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.pintle.server.http2.Http2ConnectionFactory;
import dev.pintle.server.proxyprotocol.ProxyProtocolSpec;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.metrics.jetty12.InstrumentedConnectionFactory;
import jakarta.validation.Valid;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1, and HTTP/2 with prior knowledge, in clear text on one port ({@code type: h2c} in config.yml). */
@JsonTypeName("h2c")
public final class H2cConnectorFactory extends HttpConnectorFactory {
    /** The load balancers whose connections begin with a PROXY header; null for none. */
    @Valid
    @JsonProperty
    private @Nullable ProxyProtocolSpec proxyProtocol;

    @Override
    public Connector build(Server server, MetricRegistry metrics, String name, @Nullable ThreadPool threadPool) {
        HttpConnectionFactory http1 = buildHttpConnectionFactory(buildHttpConfiguration());
        return buildConnector(
                server,
                new ScheduledExecutorScheduler(),
                buildBufferPool(),
                name,
                threadPool,
                ProxyProtocolSpec.before(
                        proxyProtocol,
                        new InstrumentedConnectionFactory(http1, metrics.timer(httpConnections())),
                        new PriorKnowledge(http1.getHttpConfiguration())));
    }

    /**
     * Ignores {@code Upgrade: h2c}, which RFC 9113 section 3.1 deprecates.
     */
    private static final class PriorKnowledge extends Http2ConnectionFactory implements ConnectionFactory.Upgrading {
        PriorKnowledge(HttpConfiguration http1) {
            super(http1, "h2c");
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
            if (!HttpMethod.PRI.is(request.getMethod())) {
                return null;
            }
            HTTP2ServerConnection connection = (HTTP2ServerConnection) newConnection(connector, endPoint);
            return connection.upgrade(request, response) ? connection : null;
        }
    }
}
