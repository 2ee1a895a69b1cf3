package dev.pintle.routing;

/**
 * A stored route that this node rejects.
 *
 * @param reason at most 500 characters; the constructor cuts longer ones
 */
public record RejectedRoute(String id, String reason) {
    private static final int MAX_REASON = 500;

    public RejectedRoute {
        reason = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + '…';
    }
}
