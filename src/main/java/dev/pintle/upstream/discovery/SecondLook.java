package dev.pintle.upstream.discovery;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Believes an answer that loses more than half of the targets only at the second look. For one thread. */
final class SecondLook {
    private boolean doubted;

    /** Whether the addresses found replace the known ones. */
    boolean believes(Collection<Endpoint> known, Collection<Endpoint> found) {
        Set<String> places = found.stream().map(Endpoint::authority).collect(Collectors.toUnmodifiableSet());
        long lost = known.stream()
                .filter(each -> !places.contains(each.authority()))
                .count();
        doubted = !doubted && 2 * lost > known.size();
        return !doubted;
    }
}
