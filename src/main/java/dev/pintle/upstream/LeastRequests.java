package dev.pintle.upstream;

import dev.pintle.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The power of two choices: chance picks two targets by weight, and the one that has less to do for its weight is chosen.
 * Unlike the least busy of all, that sends no herd to a target that has just come back.
 */
final class LeastRequests implements Balancer {
    private final RandomGenerator random;

    LeastRequests(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Member choose(List<Member> among, Exchange exchange) {
        Member one = pick(among);
        if (among.size() == 1) {
            return one;
        }
        List<Member> others = new ArrayList<>(among);
        others.remove(one);
        Member other = pick(others);
        return load(other) < load(one) ? other : one;
    }

    private Member pick(List<Member> among) {
        double all = 0;
        for (Member member : among) {
            all += member.share();
        }
        double left = random.nextDouble() * all;
        for (Member member : among) {
            left -= member.share();
            if (left < 0) {
                return member;
            }
        }
        return among.getLast();
    }

    private static double load(Member member) {
        return member.inFlight() / member.share();
    }
}
