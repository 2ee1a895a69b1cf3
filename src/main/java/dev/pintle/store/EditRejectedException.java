package dev.pintle.store;

/** An edit that the stored configuration does not admit; nothing of its list was written. */
public final class EditRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why it was refused. */
    public enum Why {
        /** The precondition does not hold: someone was first. */
        PRECONDITION,
        /** There is no such route. */
        ABSENT,
        /** Another route takes exactly the same requests. */
        MATCH_TAKEN
    }

    private final Why why;
    private final String route;

    /**
     * A refusal.
     *
     * @param route the route it is about; for {@link Why#MATCH_TAKEN} the one that has the match already
     */
    public EditRejectedException(Why why, String route, String message) {
        super(message);
        this.why = why;
        this.route = route;
    }

    public Why why() {
        return why;
    }

    public String route() {
        return route;
    }
}
