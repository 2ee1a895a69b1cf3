package dev.pintle.routing.explain;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Identity;
import dev.pintle.policy.ratelimit.LimitLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that decide whether a request may enter, as far as the request gets.
 *
 * @param steps in the order of the chain, up to the first refusal
 * @param identity of the client; anonymous without a valid credential
 * @param limits the buckets that the request would draw from, with their levels
 */
public record AccessReport(List<Step> steps, Identity identity, List<LimitLevel> limits) {
    public AccessReport {
        steps = List.copyOf(steps);
        limits = List.copyOf(limits);
    }

    /** The decision of a policy about a request. */
    public enum Decision {
        PASSES,
        REFUSES,
        /** The explanation cannot know it without sending the request. */
        UNDECIDED
    }

    /**
     * The decision of one policy.
     *
     * @param code of the refusal
     * @param detail null when the request passes
     */
    public record Step(
            String policy,
            Decision decision,
            @Nullable ErrorCode code,
            @Nullable String detail) {}
}
