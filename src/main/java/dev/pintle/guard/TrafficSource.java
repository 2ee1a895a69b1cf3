package dev.pintle.guard;

import java.util.Collection;

/** The requests of the routes of this node. Safe for all threads. */
public interface TrafficSource {
    /** Separates later requests from earlier ones, and returns a number for the separation. */
    long mark();

    /** The requests of the five minutes before a mark. They are forgotten a few minutes after it. */
    TrafficCounts before(long mark, Collection<String> routes);

    /** The requests since a mark, or of the last minutes if it is older. */
    TrafficCounts since(long mark, Collection<String> routes);

    /** Lets no later change compare itself with the requests since a mark: the change at the mark was reverted. */
    void ignoreSince(long mark);
}
