package dev.pintle.upstream.loadbalancing;

import dev.pintle.http.Exchange;
import dev.pintle.upstream.state.TargetState;
import java.util.List;

/**
 * Smooth weighted round robin: weights 5, 1 and 1 give {@code a a b a c a a}. Each selection credits every target with
 * its weight. The target with the highest credit is selected and pays the total weight.
 */
public final class RoundRobin implements LoadBalancer {
    @Override
    public synchronized TargetState choose(List<TargetState> among, Exchange exchange) {
        TargetState best = among.getFirst();
        double all = 0;
        for (TargetState targetState : among) {
            double share = targetState.share();
            targetState.turn += share;
            all += share;
            if (targetState.turn > best.turn) {
                best = targetState;
            }
        }
        best.turn -= all;
        return best;
    }
}
