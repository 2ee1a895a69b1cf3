package dev.pintle.upstream.target;

import dev.pintle.http.DetachedClient;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.RequestOrigin;
import dev.pintle.http.TunnelMeter;

/** The client of exchanges that the gateway initiates, which are not counted. */
enum InternalClient implements DetachedClient, ExchangeMeter {
    INSTANCE;

    @Override
    public String peer() {
        return "127.0.0.1";
    }

    @Override
    public String address() {
        return peer();
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public RequestOrigin origin() {
        return RequestOrigin.direct(peer(), "http", "", 0);
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public void began() {}

    @Override
    public TunnelMeter tunnel() {
        throw new UnsupportedOperationException("a health check opens no tunnel");
    }

    @Override
    public void transferred() {}

    @Override
    public void ended(ExchangeContext context, ExchangeResult outcome) {}
}
