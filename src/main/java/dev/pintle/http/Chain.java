package dev.pintle.http;

import java.util.List;

/** Builds a handler from a list of policies. */
public final class Chain {
    private Chain() {}

    /** Applies the policies, outermost first, around {@code last}. */
    public static Handler of(List<Policy> policies, Handler last) {
        Handler handler = last;
        for (Policy policy : policies.reversed()) {
            handler = policy.around(handler);
        }
        return handler;
    }
}
