package dev.pintle.upstream.loadbalancing;

import dev.pintle.http.Exchange;
import dev.pintle.upstream.state.TargetState;
import dev.pintle.upstream.target.StableHash;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Maps a key to the same target on every node. Uses weighted rendezvous hashing (Schindelhauer and Schomaker, 2005):
 * each target has a number for the key, and the lowest wins. When a target is removed, only its keys move. When one is
 * added, it takes its share of keys and no other key moves. A request without the key goes to any target.
 */
public final class ConsistentHash implements LoadBalancer {
    private final HashKey key;
    private final RandomGenerator random;

    public ConsistentHash(HashKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    @Override
    public TargetState choose(List<TargetState> among, Exchange exchange) {
        String value = key.of(exchange);
        long hash = value == null ? random.nextLong() : StableHash.of(value);
        TargetState best = among.getFirst();
        double lowest = Double.POSITIVE_INFINITY;
        for (TargetState targetState : among) {
            double draw = -Math.log(StableHash.fraction(hash, targetState.hash())) / targetState.share();
            if (draw < lowest) {
                lowest = draw;
                best = targetState;
            }
        }
        return best;
    }
}
