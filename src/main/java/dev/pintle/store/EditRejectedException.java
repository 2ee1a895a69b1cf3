package dev.pintle.store;

/** The stored configuration does not allow an edit. The store wrote none of the edits in its list. */
public final class EditRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The cause of the rejection. */
    public enum Reason {
        /** The precondition fails, usually because another client changed the document first. */
        PRECONDITION,
        /** The route does not exist. */
        ABSENT,
        /** Another route matches exactly the same requests. */
        MATCH_TAKEN
    }

    private final Reason reason;
    private final String route;

    /**
     * Creates the exception.
     *
     * @param route the rejected route; for {@link Reason#MATCH_TAKEN} the route that already has the match
     */
    public EditRejectedException(Reason reason, String route, String message) {
        super(message);
        this.reason = reason;
        this.route = route;
    }

    public Reason reason() {
        return reason;
    }

    public String route() {
        return route;
    }
}
