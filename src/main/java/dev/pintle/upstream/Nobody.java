package dev.pintle.upstream;

import dev.pintle.exchange.Client;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Meter;
import dev.pintle.exchange.Outcome;
import java.time.Duration;

/** The client of exchanges that the gateway begins by itself, which nobody counts. */
enum Nobody implements Client, Meter {
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
    public int port() {
        return 0;
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public boolean takesTrailers() {
        return false;
    }

    @Override
    public void idle(Duration longest) {}

    @Override
    public void onCancel(Runnable action) {}

    @Override
    public void interim(int status, Headers headers) {}

    @Override
    public void abort() {}

    @Override
    public void began() {}

    @Override
    public void handedOn() {}

    @Override
    public void ended(Facts facts, Outcome outcome) {}
}
