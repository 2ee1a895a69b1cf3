package dev.pintle.upstream.loadbalancing;

import dev.pintle.http.Exchange;
import dev.pintle.upstream.state.TargetState;
import java.util.List;

/**
 * In turn, by weight, and smoothly: 5, 1 and 1 make {@code a a b a c a a}. Each choice is owed its share, and whoever is
 * owed most is chosen and pays for all.
 */
public final class RoundRobin implements LoadBalancer {
    @Override
    public synchronized TargetState choose(List<TargetState> among, Exchange exchange) {
        TargetState best = among.getFirst();
        double all = 0;
        for (TargetState member : among) {
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
