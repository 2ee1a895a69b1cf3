package dev.pintle.guard;

/**
 * The requests of the changed routes around a change.
 *
 * @param before in the five minutes before the change
 * @param since since the change, or in the last minutes if it is older
 */
public record TrafficSample(TrafficCounts before, TrafficCounts since) {
    public static final TrafficSample NONE = new TrafficSample(TrafficCounts.NONE, TrafficCounts.NONE);

    public TrafficSample plus(TrafficSample other) {
        return new TrafficSample(before.plus(other.before), since.plus(other.since));
    }
}
