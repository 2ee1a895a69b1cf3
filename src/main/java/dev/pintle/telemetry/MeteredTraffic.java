package dev.pintle.telemetry;

import dev.pintle.guard.RouteTraffic;
import dev.pintle.guard.TrafficCounts;
import dev.pintle.guard.TrafficPeriods;
import dev.pintle.guard.TrafficSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The requests of the last minutes, of the routes that have metrics. */
record MeteredTraffic(Map<String, RouteMetrics> routes, TrafficPeriods periods) implements TrafficSource {
    @Override
    public long mark() {
        return periods.mark();
    }

    @Override
    public TrafficCounts before(long mark, Collection<String> ids) {
        return sum(ids, traffic -> traffic.before(mark));
    }

    @Override
    public TrafficCounts since(long mark, Collection<String> ids) {
        return sum(ids, traffic -> traffic.since(mark));
    }

    @Override
    public void ignoreSince(long mark) {
        periods.ignoreSince(mark);
    }

    private TrafficCounts sum(Collection<String> ids, Function<RouteTraffic, TrafficCounts> counts) {
        return ids.stream()
                .map(routes::get)
                .filter(Objects::nonNull)
                .map(route -> counts.apply(route.traffic()))
                .reduce(TrafficCounts.NONE, TrafficCounts::plus);
    }
}
