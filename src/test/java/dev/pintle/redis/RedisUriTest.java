package dev.pintle.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pintle.redis.RedisUri.Address;
import dev.pintle.redis.RedisUri.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUriTest {
    @Test
    void aHostIsSufficient() {
        assertThat(RedisUri.parse("REDIS_URL", "redis://localhost"))
                .isEqualTo(new RedisUri(
                        Kind.STANDALONE, false, null, null, List.of(new Address("localhost", 6379)), "", 0));
    }

    @Test
    void aUriMayContainAllParts() {
        assertThat(RedisUri.parse("REDIS_URL", " rediss://gate:p%40ss+w%2Frd@redis.example.com:6380/3 "))
                .isEqualTo(new RedisUri(
                        Kind.STANDALONE,
                        true,
                        "gate",
                        "p@ss+w/rd",
                        List.of(new Address("redis.example.com", 6380)),
                        "",
                        3));
    }

    @Test
    void aPasswordNeedsNoUser() {
        RedisUri url = RedisUri.parse("REDIS_URL", "redis://:secret@[::1]:6379/");
        assertThat(url.user()).isNull();
        assertThat(url.password()).isEqualTo("secret");
        assertThat(url.addresses()).containsExactly(new Address("[::1]", 6379));
    }

    @Test
    void aClusterIsReachedThroughAnyOfItsNodes() {
        assertThat(RedisUri.parse("REDIS_URL", "redis-cluster://u:p@a:7000,b?tls=true"))
                .isEqualTo(new RedisUri(
                        Kind.CLUSTER, true, "u", "p", List.of(new Address("a", 7000), new Address("b", 6379)), "", 0));
    }

    @Test
    void sentinelsKnowTheMasterByItsName() {
        assertThat(RedisUri.parse("REDIS_URL", "redis-sentinel://:pw@a,b:26380/2?sentinelMasterId=main"))
                .isEqualTo(new RedisUri(
                        Kind.SENTINEL,
                        false,
                        null,
                        "pw",
                        List.of(new Address("a", 26_379), new Address("b", 26_380)),
                        "main",
                        2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    localhost:6379                          | must have the form
                    http://u:secret@localhost               | must have the form
                    redis:u:secret@localhost                | must have the form
                    redis://                                | must have the form
                    redis://u:sec/ret@localhost             | must have the form
                    redis://u:sec ret@localhost             | must have the form
                    redis://u:secret@localhost?timeout=1s   | has an unknown parameter
                    redis://secret@localhost                | has no password
                    redis://u:secret%zz@localhost           | has an invalid percent-encoding
                    redis://u:secret@localhost:port         | has an address that is not
                    redis://u:secret@a,b                    | names several hosts
                    redis://u:secret@localhost:0            | has a port that is not
                    redis://u:secret@localhost:70000        | has a port that is not
                    redis://u:secret@localhost/secret       | names a database that is not a number
                    redis-cluster://u:secret@a,             | has an address that is not
                    redis-cluster://u:secret@a,b/1          | names a database, which
                    redis-sentinel://u:secret@a,b           | must name the master
                    redis-sentinel://u:secret@a,b/main      | must name the master
                    redis-sentinel://u:secret@a?sentinelMasterId=   | must name the master
                    redis-sentinel://u:secret@a/x?sentinelMasterId=m | names a database that is not a number
                    redis://u:secret@a?sentinelMasterId=m   | has an unknown parameter
                    """)
    void anInvalidUriIsRefusedWithoutQuotingItsPassword(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisUri.parse("REDIS_URL", text))
                .withMessageStartingWith("REDIS_URL " + why)
                .withNoCause()
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("secret").doesNotContain("\n"));
    }

    @Test
    void theTextFormOmitsThePassword() {
        assertThat(RedisUri.parse("REDIS_URL", "redis-sentinel://u:secret@a,b:1?sentinelMasterId=main"))
                .hasToString("a:26379,b:1/main");
    }
}
