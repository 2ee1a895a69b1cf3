package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One target after the other fails for a second, each time in another way, and is well for a second in between. */
final class TargetFailures implements AutoCloseable {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String REFUSES = "refuses";

    /** What a client can be spared when another target is well. */
    static final Map<String, RawUpstream.Conduct> BEFORE_THE_HEAD = Map.of(
            REFUSES,
            connection -> {},
            "never answers",
            RawUpstream.neverAnswers(),
            "resets before the head",
            RawUpstream.resetsBeforeHead(),
            "resets in the head",
            RawUpstream.resetsInHead(),
            "answers garbage",
            RawUpstream.answersGarbage(),
            "drips its head",
            RawUpstream.drips(A_SECOND),
            "answers 503",
            RawUpstream.answers(503, "busy"));

    /** What no client can be spared. */
    static final Map<String, RawUpstream.Conduct> AFTER_THE_HEAD = Map.of(
            "resets after the head", RawUpstream.resetsAfterHead(),
            "stalls after the head", RawUpstream.stallsAfterHead());

    private final List<RawUpstream> targets;
    private final RawUpstream.Conduct well;
    private final List<Map.Entry<String, RawUpstream.Conduct>> ways;
    private final EventCounter faults;
    private final Thread thread;
    private volatile boolean over;

    /** @param well what the targets do in between */
    TargetFailures(
            List<RawUpstream> targets,
            RawUpstream.Conduct well,
            Map<String, RawUpstream.Conduct> ways,
            EventCounter faults) {
        this.targets = targets;
        this.well = well;
        this.ways = List.copyOf(ways.entrySet());
        this.faults = faults;
        this.thread = Thread.ofVirtual().start(this::make);
    }

    private void make() {
        for (int turn = 0; goesOn(); turn++) {
            RawUpstream target = targets.get(turn % targets.size());
            Map.Entry<String, RawUpstream.Conduct> way = ways.get(turn % ways.size());
            faults.add(way.getKey());
            if (way.getKey().equals(REFUSES)) {
                target.goAway();
                goesOn();
                target.comeBack();
            } else {
                target.now(way.getValue());
                target.cutConnections();
                goesOn();
                target.now(well);
                target.cutConnections();
            }
        }
    }

    private boolean goesOn() {
        return Waiting.until(System.nanoTime() + A_SECOND.toNanos(), () -> over);
    }

    @Override
    public void close() {
        over = true;
        Waiting.join(thread);
    }
}
