package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand edits under load have no effect on requests. */
class ManyEditsTest {
    private static final int EDITS = 1_000;
    private static final int CLIENTS = 2;
    private static final String BREAKER = ", \"circuitBreaker\": {\"consecutiveFailures\": 1, \"cooldown\": \"1h\"}";
    private static final String LIMIT =
            ", \"rateLimits\": [{\"requests\": 30, \"per\": \"24h\", \"burst\": 30, \"key\": \"route\"}]";

    /** The stream is silent during the edits. */
    private static final String PATIENCE = ", \"timeout\": {\"idle\": \"1h\"}";

    /** Requests that the clients send during each round of edits. */
    private static final int REQUESTS = 20;

    private static final AtomicBoolean OVER = new AtomicBoolean();
    private static final Semaphore TURNS = new Semaphore(0);
    private static final AtomicInteger ANSWERED = new AtomicInteger();
    private static final List<String> ASTRAY = new CopyOnWriteArrayList<>();
    private static final CountDownLatch EDITED = new CountDownLatch(1);

    private static RawUpstream one;
    private static RawUpstream two;
    private static RawUpstream broken;
    private static RawUpstream streaming;
    private static TestGateway gateway;
    private static RawClient listener;
    private static List<String> limitedAfterwards;

    @BeforeAll
    static void edit() throws InterruptedException {
        one = RawUpstream.seenBy(request -> {}, RawUpstream.answers(200, "one"));
        two = RawUpstream.that(RawUpstream.answers(200, "two"));
        broken = RawUpstream.that(RawUpstream.answers(500, "broken"));
        streaming = RawUpstream.that(ManyEditsTest::stream);
        gateway = TestGateway.start();
        edit(0);
        assertThat(gateway.get("/broken").body()).isEqualTo("broken");
        assertThat(limited(20)).containsOnly("one");
        listener = gateway.connect().send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
        listener.until("before");

        List<Thread> clients =
                Stream.generate(ManyEditsTest::client).limit(CLIENTS).toList();
        for (int edit = 1; edit <= EDITS / 5; edit++) {
            TURNS.release(REQUESTS);
            edit(edit);
        }
        await().until(() -> ANSWERED.get() >= REQUESTS * EDITS / 5);
        OVER.set(true);
        TURNS.release(CLIENTS);
        for (Thread client : clients) {
            client.join();
        }
        limitedAfterwards = limited(20);
        EDITED.countDown();
    }

    @AfterAll
    static void close() {
        listener.close();
        gateway.close();
        Stream.of(one, two, broken, streaming).forEach(RawUpstream::close);
    }

    private static void edit(int number) {
        String description = ", \"description\": \"edit " + number + "\"";
        gateway.route("one", "/one", one.url(), description + BREAKER);
        gateway.route("two", "/one/two-" + number % 5, two.url(), description);
        gateway.route("broken", "/broken", broken.url(), description + BREAKER);
        gateway.route("limited", "/limited", one.url(), description + LIMIT);
        gateway.route("stream", "/stream", streaming.url(), description + PATIENCE);
    }

    private static Thread client() {
        return Thread.ofVirtual().start(() -> {
            while (true) {
                TURNS.acquireUninterruptibly();
                if (OVER.get()) {
                    return;
                }
                String answer = gateway.get("/one").body();
                ANSWERED.incrementAndGet();
                if (!answer.equals("one")) {
                    ASTRAY.add(answer);
                }
            }
        });
    }

    private static List<String> limited(int times) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(gateway.get("/limited").body());
        }
        return answers;
    }

    private static void stream(RawUpstream.Connection connection) throws IOException {
        connection.request();
        connection.write("HTTP/1.1 200 OK\r\n\r\nbefore");
        try {
            EDITED.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        connection.write(" and after");
    }

    @Test
    void noRequestFailsOrIsMisrouted() {
        assertThat(ASTRAY).isEmpty();
        assertThat(gateway.get("/__routes").body()).contains("\"revision\":" + (EDITS + 5));
    }

    @Test
    void anOpenCircuitStaysOpen() {
        assertThat(gateway.get("/broken").body()).contains("circuit-open");
        assertThat(broken.requests()).hasSize(1);
    }

    @Test
    void aBucketIsNotRefilled() {
        assertThat(limitedAfterwards.subList(0, 10)).containsOnly("one");
        assertThat(limitedAfterwards.subList(10, 20))
                .allSatisfy(answer -> assertThat(answer).contains("rate-limited"));
    }

    @Test
    void anOpenStreamContinues() {
        assertThat(listener.until("after")).endsWith(" and after");
    }

    @Test
    void connectionsToUpstreamsAreKept() {
        assertThat(one.connections()).isLessThanOrEqualTo(3 * CLIENTS);
    }
}
