package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that fails because of a port says which one, why, and what to set. */
class PortBindingExceptionTest {
    private final Server server = new Server();

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerConnector open = connector("application", "127.0.0.1", 0);
            open.open();
            ServerConnector closed = connector("admin", "127.0.0.1", taken.getLocalPort());

            assertThat(messageOf(failureOf(closed)))
                    .isEqualTo(
                            "Cannot listen on port " + taken.getLocalPort() + " of 127.0.0.1 (ADMIN_PORT, ADMIN_HOST):"
                                    + " another process listens there. Stop it, or set ADMIN_PORT to a free port.");
            open.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Cannot assign requested address, this machine does not have that address. Set GATEWAY_HOST to an address of this machine.",
        "Permission denied, 'the process lacks the privilege for this port. Set GATEWAY_PORT to 1024 or above, or give the process CAP_NET_BIND_SERVICE.'",
        "Protocol family unavailable, protocol family unavailable. Set GATEWAY_PORT and GATEWAY_HOST to an address that this process may use.",
    })
    void eachCauseHasItsRemedy(String cause, String remedy) {
        connector("application", null, 443);

        assertThat(messageOf(new IOException("Failed to bind", new BindException(cause))))
                .isEqualTo("Cannot listen on port 443 of all addresses (GATEWAY_PORT, GATEWAY_HOST): " + remedy);
    }

    @Test
    void anUnresolvableHostIsNamed() {
        connector("application", "nowhere.invalid", 80);

        assertThat(messageOf(new IOException(new UnresolvedAddressException())))
                .contains("of nowhere.invalid", "the host name cannot be resolved. Set GATEWAY_HOST");
    }

    @Test
    void otherFailuresAreNotOfAPort() throws Exception {
        assertThat(PortBindingException.of(server, new SocketException("in use")))
                .as("without connectors")
                .isEmpty();
        connector("application", null, 443);
        assertThat(PortBindingException.of(server, new IOException("disk full")))
                .isEmpty();
    }

    private ServerConnector connector(String name, String host, int port) {
        ServerConnector connector = new ServerConnector(server);
        connector.setName(name);
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        return connector;
    }

    private static Exception failureOf(ServerConnector connector) {
        try {
            connector.open();
            throw new AssertionError("the port is free");
        } catch (IOException e) {
            return e;
        }
    }

    private String messageOf(Exception failure) {
        return PortBindingException.of(server, failure).orElseThrow().getMessage();
    }
}
