package dev.pintle.app;

import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;

/** The server cannot listen on a port. The message gives the address, the cause and the remedy. */
final class PortBindingException extends Exception {
    private static final long serialVersionUID = 1L;

    private PortBindingException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Explains the failed start of a server, if a port is the cause.
     *
     * @param server the server, which opened its ports in order up to the failed one
     */
    static Optional<PortBindingException> of(Server server, Exception failure) {
        Throwable cause = rootCause(failure);
        if (!(cause instanceof SocketException || cause instanceof UnresolvedAddressException)) {
            return Optional.empty();
        }
        return Arrays.stream(server.getConnectors())
                .filter(NetworkConnector.class::isInstance)
                .map(NetworkConnector.class::cast)
                .filter(port -> !port.isOpen())
                .findFirst()
                .map(port -> new PortBindingException(message(port, cause), failure));
    }

    private static String message(NetworkConnector port, Throwable cause) {
        String name = "admin".equals(port.getName()) ? "ADMIN" : "GATEWAY";
        String host = port.getHost() == null ? "all addresses" : port.getHost();
        return "Cannot listen on port " + port.getPort() + " of " + host + " (" + name + "_PORT, " + name + "_HOST): "
                + remedy(cause, name);
    }

    private static String remedy(Throwable error, String name) {
        String cause = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        if (error instanceof UnresolvedAddressException) {
            return "the host name cannot be resolved. Set " + name + "_HOST to an address of this machine.";
        } else if (cause.contains("in use")) {
            return "another process listens there. Stop it, or set " + name + "_PORT to a free port.";
        } else if (cause.contains("cannot assign")) {
            return "this machine does not have that address. Set " + name + "_HOST to an address of this machine.";
        } else if (cause.contains("permission denied")) {
            return "the process lacks the privilege for this port. Set " + name
                    + "_PORT to 1024 or above, or give the process" + " CAP_NET_BIND_SERVICE.";
        } else {
            return cause + ". Set " + name + "_PORT and " + name + "_HOST to an address that this process may use.";
        }
    }

    private static Throwable rootCause(Throwable error) {
        return error.getCause() == null ? error : rootCause(error.getCause());
    }
}
