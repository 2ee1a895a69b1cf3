package dev.pintle.routing;

import dev.pintle.route.DefaultsDocument;
import dev.pintle.route.Durations;
import dev.pintle.route.PolicySpecs;
import dev.pintle.route.RouteDocument;
import dev.pintle.route.TimeoutSpec;
import dev.pintle.route.Violation;
import java.time.Duration;
import java.util.List;

/** What is wrong with a route only once the defaults are known. */
public final class DryRun {
    private DryRun() {}

    /** The faults of a route under these defaults; none when it would run as it reads. */
    public static List<Violation> check(RouteDocument route, DefaultsDocument defaults) {
        Layers layers = new Layers(route.spec(), defaults.spec());
        TimeoutSpec written = route.spec().timeout();
        Duration attempt = written == null ? null : written.attempt();
        Duration total = layers.value(PolicySpecs::timeout, TimeoutSpec::total);
        if (attempt == null || attempt.compareTo(total) <= 0) {
            return List.of();
        }
        return List.of(new Violation(
                "/timeout/attempt",
                "is longer than the total of " + Durations.format(total)
                        + " that the defaults give; write a longer /timeout/total too"));
    }
}
