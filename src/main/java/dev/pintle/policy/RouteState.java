package dev.pintle.policy;

/** State of a policy that belongs to a route id and outlives revisions. Implementations are safe for all threads. */
public interface RouteState {
    /** Returns whether the state equals a new one: no request holds it and nothing is used up. */
    boolean isFresh();

    /** Signals that the active route no longer has the policy, or no longer exists. */
    default void retire() {}
}
