package dev.pintle.upstream.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.net.NamedEndpoint;

/**
 * Whom TLS must find at the other end, and how it is spoken. It is part of what connections are pooled by, so that two
 * routes which trust others, or are known to upstreams as others, never share one.
 *
 * @param name that the certificate must be for, and that is sent as SNI (RFC 6066) unless it is an address
 */
public record TlsEndpoint(String name, int port, ClientTls tls) implements NamedEndpoint {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** A dot at the end of a name belongs to DNS, not to the name in a certificate. */
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

    /** A socket that will speak TLS over that one; the handshake verifies the certificate and its name. */
    public SSLSocket over(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.context().getSocketFactory().createSocket(socket, name, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!ADDRESS.matcher(name).matches()) {
            // The JDK by itself leaves names without a dot out, such as those within a cluster.
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        secured.setSSLParameters(parameters);
        return secured;
    }
}
