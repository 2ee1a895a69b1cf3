package dev.pintle.proxy;

import dev.pintle.http.Client;
import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client of an exchange that became a tunnel. It holds no object of the server, because a tunnel may stay open for days. */
record TunnelClient(String peer, boolean trusted, RequestOrigin origin, String protocol) implements Client {
    static TunnelClient of(Client client) {
        return new TunnelClient(client.peer(), client.trusted(), client.origin(), client.protocol());
    }

    @Override
    public String address() {
        return origin.client();
    }

    /** The handshake request authenticated the client. */
    @Override
    public @Nullable X509Certificate certificate() {
        return null;
    }

    @Override
    public boolean acceptsTrailers() {
        return false;
    }

    @Override
    public void idle(Duration longest) {}

    @Override
    public void interim(int status, Headers headers) {}

    @Override
    public void abort() {}
}
