package dev.pintle.policy.ratelimit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** The token bucket in Redis: {@code take.lua}, which runs there in one step. */
final class TokenBucketScript {
    static final String TEXT = text();
    private static final String SHA1 = sha1();

    private TokenBucketScript() {}

    /**
     * Takes tokens from a bucket.
     *
     * @param want takes at most so many; none only looks
     * @param back gives so many back first
     * @param most no more than these can be left, as far as the node knows
     * @throws redis.clients.jedis.exceptions.JedisException when Redis does not do it
     */
    static LeaseResult run(UnifiedJedis redis, String bucket, Rate rate, long want, long back, long most) {
        List<String> keys = List.of(bucket);
        List<String> arguments = arguments(rate, want, back, most);
        try {
            return grant(redis.evalsha(SHA1, keys, arguments));
        } catch (JedisNoScriptException e) {
            return grant(redis.eval(TEXT, keys, arguments));
        }
    }

    static List<String> arguments(Rate rate, long want, long back, long most) {
        return List.of(
                Long.toString(rate.permits()),
                Long.toString(TimeUnit.NANOSECONDS.toMicros(rate.period())),
                Long.toString(rate.burst()),
                Long.toString(want),
                Long.toString(back),
                Long.toString(most));
    }

    static LeaseResult grant(Object answer) {
        List<?> numbers = (List<?>) answer;
        return new LeaseResult(
                (Long) numbers.get(0), (Long) numbers.get(1), TimeUnit.MICROSECONDS.toNanos((Long) numbers.get(2)));
    }

    private static String sha1() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(TEXT.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    private static String text() {
        try (InputStream script = TokenBucketScript.class.getResourceAsStream("take.lua")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
