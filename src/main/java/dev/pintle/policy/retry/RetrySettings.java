package dev.pintle.policy.retry;

import java.time.Duration;
import java.util.Set;

/**
 * When an attempt is repeated.
 *
 * @param max repetitions of one request
 * @param backoff the longest wait before the first; each further one may be twice as long
 * @param maxBackoff the longest wait of all
 * @param on what is repeated: {@code connect}, {@code reset}, {@code timeout}, and statuses such as {@code 503}
 * @param methods that may be repeated after the upstream could have seen the request; a failure to connect is repeated for
 *     all methods
 * @param maxReplayBytes octets of a request body that are kept for repetitions
 */
public record RetrySettings(
        int max, Duration backoff, Duration maxBackoff, Set<String> on, Set<String> methods, int maxReplayBytes) {
    public RetrySettings {
        on = Set.copyOf(on);
        methods = Set.copyOf(methods);
    }
}
