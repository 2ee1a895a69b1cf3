package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One target after the other fails for a second, each time in another way, and is healthy for a second in between. */
final class TargetFailures implements AutoCloseable {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String REFUSES = "refuses";

    /** The faults that a healthy target can hide from clients. */
    static final Map<String, RawUpstream.Conduct> BEFORE_THE_HEAD = Map.of(
            REFUSES,
            connection -> {},
            "never responds",
            RawUpstream.neverResponds(),
            "resets before the head",
            RawUpstream.resetsBeforeHead(),
            "resets in the head",
            RawUpstream.resetsInHead(),
            "responds with garbage",
            RawUpstream.answersGarbage(),
            "sends its head slowly",
            RawUpstream.respondsSlowly(A_SECOND),
            "answers 503",
            RawUpstream.answers(503, "busy"));

    /** The faults that clients always see. */
    static final Map<String, RawUpstream.Conduct> AFTER_THE_HEAD = Map.of(
            "resets after the head", RawUpstream.resetsAfterHead(),
            "stalls after the head", RawUpstream.stallsAfterHead());

    private final List<RawUpstream> targets;
    private final RawUpstream.Conduct healthy;
    private final List<Map.Entry<String, RawUpstream.Conduct>> faults;
    private final EventCounter counter;
    private final Thread thread;
    private volatile boolean over;

    /**
     * Creates the faults.
     *
     * @param healthy the behavior of the targets in between
     */
    TargetFailures(
            List<RawUpstream> targets,
            RawUpstream.Conduct healthy,
            Map<String, RawUpstream.Conduct> faults,
            EventCounter counter) {
        this.targets = targets;
        this.healthy = healthy;
        this.faults = List.copyOf(faults.entrySet());
        this.counter = counter;
        this.thread = Thread.ofVirtual().start(this::injectFaults);
    }

    private void injectFaults() {
        for (int turn = 0; waitWhileRunning(); turn++) {
            RawUpstream target = targets.get(turn % targets.size());
            Map.Entry<String, RawUpstream.Conduct> fault = faults.get(turn % faults.size());
            counter.add(fault.getKey());
            if (fault.getKey().equals(REFUSES)) {
                target.shutDown();
                waitWhileRunning();
                target.listenAgain();
            } else {
                target.now(fault.getValue());
                target.resetConnections();
                waitWhileRunning();
                target.now(healthy);
                target.resetConnections();
            }
        }
    }

    private boolean waitWhileRunning() {
        return Waiting.until(System.nanoTime() + A_SECOND.toNanos(), () -> over);
    }

    @Override
    public void close() {
        over = true;
        Waiting.join(thread);
    }
}
