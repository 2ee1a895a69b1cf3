package dev.pintle.policy;

/** State of a policy that belongs to the id of a route and outlives its revisions. Implementations are safe for all threads. */
public interface RouteState {
    /** Whether a new state would behave the same: no request holds it and nothing is used up. */
    boolean isFresh();

    /** Called when the active route no longer has the policy, or no longer exists. */
    default void retire() {}
}
