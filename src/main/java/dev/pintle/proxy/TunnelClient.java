package dev.pintle.proxy;

import dev.pintle.http.Client;
import dev.pintle.http.DetachedClient;
import dev.pintle.http.RequestOrigin;

/** The client of an exchange that became a tunnel. It holds no object of the server, because a tunnel may stay open for days. */
record TunnelClient(String peer, boolean trusted, RequestOrigin origin, String protocol) implements DetachedClient {
    static TunnelClient of(Client client) {
        return new TunnelClient(client.peer(), client.trusted(), client.origin(), client.protocol());
    }

    @Override
    public String address() {
        return origin.client();
    }
}
