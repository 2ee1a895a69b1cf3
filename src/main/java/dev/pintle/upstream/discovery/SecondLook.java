package dev.pintle.upstream.discovery;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Rejects an answer that lacks more than half of the targets, but not the answer after it. Used by one thread. */
final class SecondLook {
    private boolean doubted;

    /** Returns whether the addresses found replace the known ones. */
    boolean believes(Collection<Endpoint> known, Collection<Endpoint> found) {
        Set<String> places = found.stream().map(Endpoint::authority).collect(Collectors.toUnmodifiableSet());
        long lost = known.stream()
                .filter(each -> !places.contains(each.authority()))
                .count();
        doubted = !doubted && 2 * lost > known.size();
        return !doubted;
    }
}
