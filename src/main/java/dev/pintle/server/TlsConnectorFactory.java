package dev.pintle.server;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.pintle.server.http2.Http2ConnectionFactory;
import dev.pintle.server.proxyprotocol.ProxyProtocolSpec;
import dev.pintle.tls.PemFiles;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.metrics.jetty12.InstrumentedConnectionFactory;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A connector for HTTP/2 and HTTP/1.1 over TLS on one port; ALPN selects the protocol ({@code type: h2} in config.yml).
 */
@JsonTypeName("h2")
public final class TlsConnectorFactory extends HttpConnectorFactory {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** The cipher suites of TLS 1.3, and those of TLS 1.2 with forward secrecy that RFC 9113 appendix A permits. */
    private static final String[] CIPHER_SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    };

    /** A PEM file with the certificate and the intermediate certificates. */
    @JsonProperty
    private @Nullable Path certificate;

    /** A PEM file with the private key: RSA, EC or Ed25519 in PKCS #8, not encrypted. */
    @JsonProperty
    private @Nullable Path key;

    /**
     * Several certificates in place of {@code certificate} and {@code key}. The server name that the client asks for (SNI)
     * selects one; an unknown name gets the first.
     */
    @NotNull
    @JsonProperty
    private List<@NotNull @Valid PemFiles> certificates = List.of();

    /** Whether the connector asks clients for certificates. */
    @NotNull
    @JsonProperty
    private ClientCertificateRequest clientCertificate = ClientCertificateRequest.NONE;

    /** A PEM file with the certificates of the authorities whose client certificates are valid. */
    @JsonProperty
    private @Nullable Path clientAuthorities;

    /** A PEM file with the lists of revoked certificates, one of each authority; null checks no revocation. */
    @JsonProperty
    private @Nullable Path clientRevocations;

    /** The interval between checks of the files. */
    @NotNull
    @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
    @JsonProperty
    private Duration reloadInterval = Duration.seconds(10);

    /**
     * The max-age of {@code Strict-Transport-Security} (RFC 6797) in responses without the header; null adds no header.
     */
    @MinDuration(0)
    @JsonProperty
    private @Nullable Duration hsts;

    /** The load balancers whose connections begin with a PROXY header; null for none. */
    @Valid
    @JsonProperty
    private @Nullable ProxyProtocolSpec proxyProtocol;

    @Override
    public Connector build(Server server, MetricRegistry metrics, String name, @Nullable ThreadPool threadPool) {
        ServerTls tls = new ServerTls(clientCertificate);
        tls.setIncludeProtocols(PROTOCOLS);
        // The default exclusions of Jetty would remove TLS 1.2 suites of this list.
        tls.setExcludeCipherSuites();
        tls.setIncludeCipherSuites(CIPHER_SUITES);
        tls.setRenegotiationAllowed(false);
        CertificateReloader reloader =
                new CertificateReloader(new TlsFiles(files(), clients()), tls, reloadInterval.toJavaDuration());
        server.addBean(reloader);

        HttpConnectionFactory http1 = buildHttpConnectionFactory(buildHttpConfiguration());
        if (hsts != null) {
            http1.getHttpConfiguration().addCustomizer(transportSecurity(hsts));
        }
        Http2ConnectionFactory http2 = new Http2ConnectionFactory(http1.getHttpConfiguration(), "h2");
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        // The server copies the connector and the other factories.
        reloader.guard(() -> Arrays.stream(server.getConnectors())
                .filter(open -> open.getConnectionFactories().contains(alpn))
                .flatMap(open -> open.getConnectedEndPoints().stream()));
        return buildConnector(
                server,
                new ScheduledExecutorScheduler(),
                buildBufferPool(),
                name,
                threadPool,
                ProxyProtocolSpec.before(
                        proxyProtocol,
                        new InstrumentedConnectionFactory(
                                new SslConnectionFactory(tls, alpn.getProtocol()), metrics.timer(httpConnections())),
                        alpn,
                        http2,
                        http1));
    }

    /** Whether the connector asks clients for certificates. */
    boolean requestsCertificates() {
        return clientCertificate != ClientCertificateRequest.NONE;
    }

    private @Nullable ClientAuthorities clients() {
        if (clientCertificate == ClientCertificateRequest.NONE) {
            if (clientAuthorities != null) {
                throw new IllegalArgumentException(
                        "clientAuthorities has no effect without clientCertificate. Set it to request or require.");
            }
            return null;
        }
        if (clientAuthorities == null) {
            throw new IllegalArgumentException(
                    "A connector with clientCertificate requires clientAuthorities: the path of a"
                            + " PEM file. docs/how-to/mtls-from-partners.md shows an example.");
        }
        return new ClientAuthorities(clientAuthorities, clientRevocations);
    }

    private List<PemFiles> files() {
        if (certificates.isEmpty()) {
            return List.of(new PemFiles(required("certificate", certificate), required("key", key)));
        }
        if (certificate != null || key != null) {
            throw new IllegalArgumentException(
                    "A connector has either certificate and key, or certificates. Move the pair into the list.");
        }
        return certificates;
    }

    private static HttpConfiguration.Customizer transportSecurity(Duration longest) {
        HttpField field =
                new PreEncodedHttpField(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=" + longest.toSeconds());
        return (request, headers) -> {
            headers.add(field);
            return request;
        };
    }

    private static Path required(String name, @Nullable Path file) {
        if (file == null || file.toString().isBlank()) {
            throw new IllegalArgumentException("A connector of type h2 requires " + name
                    + ": the path of a PEM file. docs/how-to/serve-tls.md shows an example.");
        }
        return file;
    }
}
