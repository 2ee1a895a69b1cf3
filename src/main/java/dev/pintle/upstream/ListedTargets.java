package dev.pintle.upstream;

import dev.pintle.upstream.state.TargetState;
import java.util.List;

/** The targets that a route lists. */
record ListedTargets(List<TargetState> now) implements TargetList {
    ListedTargets {
        now = List.copyOf(now);
    }

    @Override
    public String whyEmpty() {
        return "the route lists no target";
    }
}
