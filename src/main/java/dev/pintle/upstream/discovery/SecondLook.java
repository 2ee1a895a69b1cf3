package dev.pintle.upstream.discovery;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Rejects an answer that lacks more than half of the targets, until the next answer confirms the loss. Used by one thread. */
final class SecondLook {
    /** The targets that the previous answer lacked, if it was rejected. */
    private Set<String> doubted = Set.of();

    /**
     * Returns whether the addresses found replace the known ones. A second answer confirms the loss if it lacks all the targets that
     * the rejected one lacked. An answer that lacks others starts a new loss.
     */
    boolean believes(Collection<Endpoint> known, Collection<Endpoint> found) {
        Set<String> places = found.stream().map(Endpoint::authority).collect(Collectors.toUnmodifiableSet());
        Set<String> lost = known.stream()
                .map(Endpoint::authority)
                .filter(place -> !places.contains(place))
                .collect(Collectors.toUnmodifiableSet());
        boolean isConfirmed = !doubted.isEmpty() && lost.containsAll(doubted);
        boolean isBelieved = 2 * lost.size() <= known.size() || isConfirmed;
        doubted = isBelieved ? Set.of() : lost;
        return isBelieved;
    }
}
