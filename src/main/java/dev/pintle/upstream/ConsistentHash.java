package dev.pintle.upstream;

import dev.pintle.exchange.Exchange;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The same key to the same target, on every node. Rendezvous hashing by weight (Schindelhauer and Schomaker, 2005): each
 * target draws a number for the key, and the lowest wins. When a target leaves, its keys alone move; when one comes, it
 * takes its share of keys and no other key moves. A request without the key goes anywhere.
 */
final class ConsistentHash implements Balancer {
    private final HashKey key;
    private final RandomGenerator random;

    ConsistentHash(HashKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    @Override
    public Member choose(List<Member> among, Exchange exchange) {
        String value = key.of(exchange);
        long hash = value == null ? random.nextLong() : Hash.of(value);
        Member best = among.getFirst();
        double lowest = Double.POSITIVE_INFINITY;
        for (Member member : among) {
            double draw = -Math.log(Hash.fraction(hash, member.hash())) / member.share();
            if (draw < lowest) {
                lowest = draw;
                best = member;
            }
        }
        return best;
    }
}
