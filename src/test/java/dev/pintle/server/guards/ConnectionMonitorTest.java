package dev.pintle.server.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One thread runs all checks on all connections, also after a failure. */
class ConnectionMonitorTest {
    private static final Duration ROUND = Duration.ofMillis(1);

    private final Connection one = connection();
    private final Connection other = connection();
    private final Set<Connection> checked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger rounds = new AtomicInteger();
    private final ConnectionCheck check = connection -> () -> {
        checked.add(connection);
        rounds.incrementAndGet();
    };

    @BeforeEach
    void expectErrors() {
        ((Logger) LoggerFactory.getLogger(ConnectionMonitor.class)).setLevel(Level.OFF);
    }

    private static Connection connection() {
        return new AbstractConnection(new ByteArrayEndPoint(), Runnable::run) {
            @Override
            public void onFillable() {
                throw new UnsupportedOperationException("this test reads nothing");
            }
        };
    }

    @Test
    void aFailedCheckDoesNotAffectOtherChecks() {
        ConnectionMonitor monitor = new ConnectionMonitor(ROUND, List.of(failing(new IllegalStateException()), check));
        monitor.onOpened(one);
        monitor.onOpened(other);
        monitor.round();
        assertThat(checked).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void roundsContinueAfterAnErrorOfTheJvm() throws Exception {
        ConnectionMonitor monitor =
                new ConnectionMonitor(ROUND, List.of(failing(new OutOfMemoryError("direct")), check));
        monitor.onOpened(one);
        monitor.start();
        try {
            await().until(() -> rounds.get() >= 3);
        } finally {
            monitor.stop();
        }
    }

    @Test
    void aConnectionIsCheckedUntilItCloses() {
        ConnectionMonitor monitor = new ConnectionMonitor(ROUND, List.of(check));
        monitor.onOpened(one);
        monitor.onOpened(other);
        monitor.onClosed(one);
        monitor.round();
        assertThat(checked).containsExactly(other);
    }

    @Test
    void aCheckThatDoesNotApplyIsNotRun() {
        ConnectionMonitor monitor = new ConnectionMonitor(ROUND, List.of(connection -> null, check));
        monitor.onOpened(one);
        monitor.round();
        assertThat(checked).containsExactly(one);
    }

    private static ConnectionCheck failing(Throwable failure) {
        return connection -> () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }
}
