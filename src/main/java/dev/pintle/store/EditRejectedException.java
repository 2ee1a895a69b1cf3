package dev.pintle.store;

import java.util.List;

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
        MATCH_TAKEN,
        /** Routes refer to the document. */
        IN_USE,
        /** The latest revision waits for its confirmation. */
        UNCONFIRMED
    }

    private final Reason reason;
    private final List<String> routes;

    /**
     * Creates the exception.
     *
     * @param route the rejected route; for {@link Reason#MATCH_TAKEN} the route that already has the match
     */
    public EditRejectedException(Reason reason, String route, String message) {
        this(reason, List.of(route), message);
    }

    /**
     * Creates the exception.
     *
     * @param routes the routes that refer to the document
     */
    public EditRejectedException(Reason reason, List<String> routes, String message) {
        super(message);
        this.reason = reason;
        this.routes = List.copyOf(routes);
    }

    public Reason reason() {
        return reason;
    }

    public String route() {
        return routes.getFirst();
    }

    public List<String> routes() {
        return routes;
    }
}
