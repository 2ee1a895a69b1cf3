package dev.pintle.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.testing.TestRedis;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisScriptTest {
    private static TestRedis server;
    private static RedisClient client;

    @BeforeAll
    static void start() {
        server = TestRedis.start();
        client = RedisClient.create("127.0.0.1", server.port());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void aServerThatLostTheScriptReceivesItAgain() {
        RedisScript script = RedisScript.of("return ARGV[1] .. KEYS[1]");
        assertThat(script.run(client, List.of("key"), List.of("of "))).isEqualTo("of key");
        server.execute("SCRIPT FLUSH");
        assertThat(script.run(client, List.of("key"), List.of("of "))).isEqualTo("of key");
    }

    @Test
    void theServerIdentifiesTheScriptByItsDigest() {
        RedisScript script = RedisScript.of("return 1");
        script.run(client, List.of("key"), List.of());
        assertThat(client.scriptExists(List.of(script.sha1()))).containsExactly(true);
    }

    @Test
    void aMissingResourceIsReportedByName() {
        assertThatThrownBy(() -> RedisScript.load(RedisScriptTest.class, "missing.lua"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("missing.lua");
    }
}
