package dev.pintle.routing.explain;

import dev.pintle.http.Client;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import dev.pintle.http.TunnelMeter;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The client that an operator describes, whose exchange is not counted.
 *
 * @param address empty when the operator gives none
 * @param certificate as the operator gives it, which no connector verified
 */
public record ExplainedClient(String address, @Nullable X509Certificate certificate) implements Client, ExchangeMeter {
    @Override
    public String peer() {
        return address;
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public RequestOrigin origin() {
        return RequestOrigin.direct(address, "http", "", 0);
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
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

    @Override
    public void began() {}

    @Override
    public TunnelMeter tunnel() {
        throw new UnsupportedOperationException("an explanation opens no tunnel");
    }

    @Override
    public void transferred() {}

    @Override
    public void ended(ExchangeContext context, ExchangeResult outcome) {}
}
