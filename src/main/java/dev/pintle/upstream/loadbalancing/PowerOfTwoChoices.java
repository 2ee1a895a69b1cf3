package dev.pintle.upstream.loadbalancing;

import dev.pintle.http.Exchange;
import dev.pintle.upstream.state.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Picks two targets at random by weight, and selects the one with fewer requests for its weight. Unlike the least busy
 * of all targets, this does not flood a target that has just recovered.
 */
public final class PowerOfTwoChoices implements LoadBalancer {
    private final RandomGenerator random;

    public PowerOfTwoChoices(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public TargetState choose(List<TargetState> among, Exchange exchange) {
        TargetState one = pick(among);
        if (among.size() == 1) {
            return one;
        }
        List<TargetState> others = new ArrayList<>(among);
        others.remove(one);
        TargetState other = pick(others);
        return load(other) < load(one) ? other : one;
    }

    private TargetState pick(List<TargetState> among) {
        double all = 0;
        for (TargetState targetState : among) {
            all += targetState.share();
        }
        double left = random.nextDouble() * all;
        for (TargetState targetState : among) {
            left -= targetState.share();
            if (left < 0) {
                return targetState;
            }
        }
        return among.getLast();
    }

    private static double load(TargetState targetState) {
        return targetState.inFlight() / targetState.share();
    }
}
