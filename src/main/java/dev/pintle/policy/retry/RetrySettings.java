package dev.pintle.policy.retry;

import java.time.Duration;
import java.util.Set;

/**
 * The conditions of retries.
 *
 * @param max retries of one request
 * @param backoff the longest pause before the first retry; it doubles with each further one
 * @param maxBackoff the longest pause
 * @param on the retried failures: {@code connect}, {@code reset}, {@code timeout}, statuses such as {@code 503},
 *     and statuses of gRPC such as {@code grpc:unavailable}
 * @param methods that are safe to retry after the upstream may have received the request; a failure to connect is
 *     retried for all methods
 * @param maxReplayBytes the maximum number of stored bytes of a request body
 */
public record RetrySettings(
        int max, Duration backoff, Duration maxBackoff, Set<String> on, Set<String> methods, int maxReplayBytes) {
    public RetrySettings {
        on = Set.copyOf(on);
        methods = Set.copyOf(methods);
    }

    /** Whether a status of gRPC is retried. */
    boolean repeatsGrpc() {
        return on.stream().anyMatch(each -> each.startsWith(AttemptResult.GRPC));
    }
}
