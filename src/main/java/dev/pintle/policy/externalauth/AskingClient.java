package dev.pintle.policy.externalauth;

import dev.pintle.http.Client;
import dev.pintle.http.DetachedClient;
import dev.pintle.http.RequestOrigin;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** The client as the exchange with the authorization service sees it: nothing of that exchange reaches the connection. */
record AskingClient(Client client) implements DetachedClient {
    @Override
    public String peer() {
        return client.peer();
    }

    @Override
    public String address() {
        return client.address();
    }

    @Override
    public boolean trusted() {
        return client.trusted();
    }

    @Override
    public RequestOrigin origin() {
        return client.origin();
    }

    @Override
    public String protocol() {
        return client.protocol();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return client.certificate();
    }
}
