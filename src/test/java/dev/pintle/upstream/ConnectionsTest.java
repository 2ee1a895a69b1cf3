package dev.pintle.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    /** It would end a stream that rests longer than that, whatever the route allows; and it costs a timer for each read. */
    @Test
    void aConnectionHasNoTimeOutBesideTheWatchdogs() throws Exception {
        Dialer dialer = new Dialer(
                (host, nanos) -> List.of(InetAddress.getAllByName(host)), new Destinations(List.of()), Ticker.SYSTEM);
        AtomicInteger timeout = new AtomicInteger(-1);
        try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Watchdog watchdog = new Watchdog(Ticker.SYSTEM);
                Connections connections = new Connections(dialer, 1_000, 10)) {
            Target target = Target.of("http://127.0.0.1:" + upstream.getLocalPort() + "/", 1);
            HttpCoreContext context = HttpCoreContext.create();
            Line line = Line.lease(connections.manager(), watchdog, target, Duration.ofSeconds(10));
            line.connect(Duration.ofSeconds(10).toNanos(), context);
            line.talk(
                    new BasicClassicHttpRequest("GET", "/"),
                    (request, connection, ignored) -> {
                        timeout.set(Line.socket(connection).getSoTimeout());
                        return new BasicClassicHttpResponse(200);
                    },
                    context);
            line.giveUp();
        }
        assertThat(timeout).hasValue(0);
    }
}
