package dev.pintle.testing;

import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The upstreams and routes of one test, closed at its end. */
public final class GatewayExtension implements AfterEachCallback {
    private final List<AutoCloseable> props = new ArrayList<>();

    public RawUpstream upstream(RawUpstream.Conduct conduct) {
        return keep(RawUpstream.that(conduct));
    }

    /** An upstream that is not there: connections are refused. */
    public RawUpstream dead() {
        RawUpstream upstream = upstream(RawUpstream.answers(200, "never"));
        upstream.goAway();
        return upstream;
    }

    public TestRoute route(RawUpstream... upstreams) {
        return route(Ticker.SYSTEM, upstreams);
    }

    public TestRoute route(Ticker ticker, RawUpstream... upstreams) {
        return keep(TestRoute.to(ticker, upstreams));
    }

    /** Closed after the test, before what was kept earlier. */
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
