package dev.pintle.upstream;

import dev.pintle.upstream.state.TargetState;
import java.util.List;

/** The targets among which a route selects. Thread-safe. */
interface TargetList {
    /** The current targets. Discovery may find none. */
    List<TargetState> now();

    /** Why the list is empty, as a sentence without a full stop. */
    String whyEmpty();
}
