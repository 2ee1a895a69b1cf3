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
        UNCONFIRMED,
        /** A living node does not know a key of the document. */
        FLEET_TOO_OLD
    }

    private final Reason reason;
    private final List<String> names;

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
     * @param names the routes that refer to the document, or the nodes that do not know a key
     */
    public EditRejectedException(Reason reason, List<String> names, String message) {
        super(message);
        this.reason = reason;
        this.names = List.copyOf(names);
    }

    public Reason reason() {
        return reason;
    }

    public String route() {
        return names.getFirst();
    }

    /** The routes or nodes that prevent the write. */
    public List<String> names() {
        return names;
    }
}
