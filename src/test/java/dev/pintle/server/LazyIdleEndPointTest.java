package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The idle timeout of a client connection changes with each request, and its check is scheduled rarely and in time. */
class LazyIdleEndPointTest {
    private static final long BETWEEN_REQUESTS = 65_000;
    private static final long IN_A_REQUEST = 60_000;

    private final RecordingScheduler scheduler = new RecordingScheduler();
    private SocketChannel channel;
    private LazyIdleEndPoint endPoint;
    private int expiries;

    @BeforeEach
    void open() throws IOException {
        channel = SocketChannel.open();
        endPoint = new LazyIdleEndPoint(channel, null, null, scheduler) {
            @Override
            protected void onIdleExpired(TimeoutException timeout) {
                expiries++;
            }
        };
        endPoint.setIdleTimeout(BETWEEN_REQUESTS);
        serveRequests();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    private void serveRequests() {
        for (int i = 0; i < 1_000; i++) {
            endPoint.setIdleTimeout(IN_A_REQUEST);
            endPoint.setIdleTimeout(BETWEEN_REQUESTS);
        }
    }

    @Test
    void manyRequestsScheduleOneCheck() {
        assertThat(endPoint.getIdleTimeout()).isEqualTo(BETWEEN_REQUESTS);
        assertThat(scheduler.checks).hasSize(2);
        assertThat(scheduler.open())
                .singleElement()
                .satisfies(check -> assertThat(check.millis).isBetween(IN_A_REQUEST / 2, IN_A_REQUEST));
    }

    @Test
    void aCheckBetweenRequestsAppliesTheTimeoutBetweenRequests() {
        scheduler.runOpen();
        assertThat(expiries).isZero();
        assertThat(scheduler.open())
                .singleElement()
                .satisfies(check -> assertThat(check.millis).isBetween(IN_A_REQUEST + 1, BETWEEN_REQUESTS));
        serveRequests();
        assertThat(scheduler.checks).hasSize(4);
        assertThat(scheduler.open())
                .singleElement()
                .satisfies(check -> assertThat(check.millis).isBetween(IN_A_REQUEST / 2, IN_A_REQUEST));
    }

    @Test
    void aTimeoutThatIsShorterThanThatOfEarlierRequestsIsCheckedInTime() {
        endPoint.setIdleTimeout(1_000);
        assertThat(scheduler.open())
                .singleElement()
                .satisfies(check -> assertThat(check.millis).isLessThanOrEqualTo(1_000));
    }

    @Test
    void aConnectionThatIsIdleForItsTimeoutExpires() {
        endPoint.setIdleTimeout(1);
        await().until(() -> endPoint.getIdleFor() >= 1);
        scheduler.runOpen();
        assertThat(expiries).isPositive();
    }

    @Test
    void aConnectionWithoutATimeoutHasNoCheckUntilItGetsOne() {
        endPoint.setIdleTimeout(0);
        assertThat(scheduler.open()).isEmpty();
        endPoint.setIdleTimeout(BETWEEN_REQUESTS);
        assertThat(scheduler.open()).hasSize(1);
    }

    /** Records the scheduled checks, and runs them on demand. */
    private static final class RecordingScheduler extends AbstractLifeCycle implements Scheduler {
        private final List<Check> checks = new ArrayList<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            Check check = new Check(task, unit.toMillis(delay));
            checks.add(check);
            return check;
        }

        private List<Check> open() {
            return checks.stream().filter(check -> !check.ended).toList();
        }

        private void runOpen() {
            open().forEach(Check::run);
        }
    }

    private static final class Check implements Scheduler.Task {
        private final Runnable task;
        private final long millis;
        private boolean ended;

        private Check(Runnable task, long millis) {
            this.task = task;
            this.millis = millis;
        }

        private void run() {
            ended = true;
            task.run();
        }

        @Override
        public boolean cancel() {
            ended = true;
            return true;
        }
    }
}
