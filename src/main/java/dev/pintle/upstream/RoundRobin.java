package dev.pintle.upstream;

import dev.pintle.exchange.Exchange;
import java.util.List;

/**
 * In turn, by weight, and smoothly: 5, 1 and 1 make {@code a a b a c a a}. Each choice is owed its share, and whoever is
 * owed most is chosen and pays for all.
 */
final class RoundRobin implements Balancer {
    @Override
    public synchronized Member choose(List<Member> among, Exchange exchange) {
        Member best = among.getFirst();
        double all = 0;
        for (Member member : among) {
            double share = member.share();
            member.turn += share;
            all += share;
            if (member.turn > best.turn) {
                best = member;
            }
        }
        best.turn -= all;
        return best;
    }
}
