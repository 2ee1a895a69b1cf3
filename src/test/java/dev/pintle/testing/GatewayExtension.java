package dev.pintle.testing;

import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Creates the upstreams and routes of one test and closes them after it. */
public final class GatewayExtension implements AfterEachCallback {
    private final List<AutoCloseable> props = new ArrayList<>();

    public RawUpstream upstream(RawUpstream.Conduct conduct) {
        return keep(RawUpstream.that(conduct));
    }

    /** Returns an upstream that refuses connections. */
    public RawUpstream dead() {
        RawUpstream upstream = upstream(RawUpstream.answers(200, "never"));
        upstream.shutDown();
        return upstream;
    }

    public TestRoute route(RawUpstream... upstreams) {
        return route(Ticker.SYSTEM, upstreams);
    }

    public TestRoute route(Ticker ticker, RawUpstream... upstreams) {
        return keep(TestRoute.to(ticker, upstreams));
    }

    /** Closes an object after the test, before the objects that were added earlier. */
    public <T extends AutoCloseable> T keep(T prop) {
        props.add(prop);
        return prop;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable prop : props.reversed()) {
            prop.close();
        }
        props.clear();
    }
}
