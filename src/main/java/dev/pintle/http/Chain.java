package dev.pintle.http;

import java.util.List;

/** A list of policies in the order in which a request walks them, outermost first, around a last handler. */
public final class Chain {
    private Chain() {}

    /** The handler that walks the policies and ends at {@code last}. */
    public static Handler of(List<Policy> policies, Handler last) {
        Handler handler = last;
        for (Policy policy : policies.reversed()) {
            handler = policy.around(handler);
        }
        return handler;
    }
}
