package dev.pintle.upstream.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.net.NamedEndpoint;

/**
 * The expected TLS server name and the TLS settings of a connection. It is part of the pool key, so routes with
 * different trusted or client certificates never share a connection.
 *
 * @param name the required name in the certificate, also sent as SNI (RFC 6066) unless it is an address
 */
public record TlsEndpoint(String name, int port, ClientTls tls) implements NamedEndpoint {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** A trailing dot belongs to DNS, not to the name in a certificate. */
    public TlsEndpoint {
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    @Override
    public String getHostName() {
        return name;
    }

    @Override
    public int getPort() {
        return port;
    }

    /** Wraps a socket in TLS; the handshake verifies the certificate and its name. */
    public SSLSocket over(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.context().getSocketFactory().createSocket(socket, name, port, true);
        secured.setSSLParameters(restricted(secured.getSSLParameters()));
        return secured;
    }

    /**
     * Creates the TLS of a connection without a socket, under the same rules.
     *
     * @param applicationProtocols offered by ALPN (RFC 7301), the preferred one first
     */
    public SSLEngine engine(List<String> applicationProtocols) {
        SSLEngine engine = tls.context().createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = restricted(engine.getSSLParameters());
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters restricted(SSLParameters parameters) {
        parameters.setProtocols(VERSIONS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!ADDRESS.matcher(name).matches()) {
            // By default the JDK omits names without a dot, such as those within a cluster.
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        return parameters;
    }
}
