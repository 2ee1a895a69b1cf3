package dev.pintle.policy.ratelimit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The buckets of one client on a route, at most one per limit. They do not contain header values.
 *
 * @param keys the key of the bucket by the name of the limit
 */
public record ClientBuckets(SequencedMap<String, String> keys) {
    public ClientBuckets {
        keys = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(keys));
    }

    /** Parses the output of {@link #toString} and ignores other text. */
    public static ClientBuckets parse(String text) {
        SequencedMap<String, String> keys = new LinkedHashMap<>();
        for (String bucket : text.split(" ", -1)) {
            int colon = bucket.indexOf(':');
            if (colon > 0) {
                keys.put(bucket.substring(0, colon), bucket.substring(colon + 1));
            }
        }
        return new ClientBuckets(keys);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Formats the buckets as {@code NAME:KEY NAME:KEY}. Names and keys contain no spaces, and names contain no colons.
     */
    @Override
    public String toString() {
        return keys.entrySet().stream()
                .map(bucket -> bucket.getKey() + ':' + bucket.getValue())
                .collect(Collectors.joining(" "));
    }
}
