package dev.pintle.redis;

import dev.pintle.redis.RedisUri.Address;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Opens clients of Redis, however it is deployed. */
final class RedisClientFactory {
    private static final int MAX_CONNECTIONS = 128;

    /** The node that had a slot, the one that has it now, and one more if the slot moves again. */
    private static final int MAX_NODES = 3;

    private RedisClientFactory() {}

    /**
     * Opens a client. One that asks sentinels stays with the master that they name: the caller that loses it opens another client.
     *
     * @param timeout of each single step: to connect, to get a connection, to receive an answer
     * @throws redis.clients.jedis.exceptions.JedisException if it has to ask first, and receives no answer
     */
    static UnifiedJedis open(RedisUri uri, Duration timeout) {
        return switch (uri.kind()) {
            case STANDALONE -> toOne(hostAndPort(uri.addresses().getFirst()), uri, timeout);
            case SENTINEL -> toOne(master(uri, timeout), uri, timeout);
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(uri.addresses().stream()
                                .map(RedisClientFactory::hostAndPort)
                                .collect(Collectors.toSet()))
                        .clientConfig(config(uri, timeout))
                        .poolConfig(pool(timeout))
                        .maxAttempts(MAX_NODES)
                        .maxTotalRetriesDuration(timeout)
                        .build();
        };
    }

    private static RedisClient toOne(HostAndPort address, RedisUri uri, Duration timeout) {
        return RedisClient.builder()
                .hostAndPort(address)
                .clientConfig(config(uri, timeout))
                .poolConfig(pool(timeout))
                .build();
    }

    /** Asks the sentinels. Jedis' own client for sentinels leaks threads when it is closed soon after it was opened. */
    private static HostAndPort master(RedisUri uri, Duration timeout) {
        JedisClientConfig config = common(uri, timeout).build();
        for (Address address : uri.addresses()) {
            try (Jedis sentinel = new Jedis(hostAndPort(address), config)) {
                List<String> master = sentinel.sentinelGetMasterAddrByName(uri.master());
                if (master != null) {
                    return new HostAndPort(master.get(0), Integer.parseInt(master.get(1)));
                }
            } catch (JedisConnectionException e) {
                // Another sentinel may answer.
            }
        }
        throw new JedisConnectionException("No sentinel that answers knows a master " + uri.master());
    }

    private static JedisClientConfig config(RedisUri uri, Duration timeout) {
        return common(uri, timeout)
                .user(uri.user())
                .password(uri.password())
                .database(uri.database())
                .build();
    }

    private static DefaultJedisClientConfig.Builder common(RedisUri uri, Duration timeout) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .timeoutMillis(Math.toIntExact(timeout.toMillis()))
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        return uri.tls()
                ? config.sslOptions(
                        SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build())
                : config;
    }

    private static ConnectionPoolConfig pool(Duration timeout) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxIdle(MAX_CONNECTIONS);
        pool.setMaxWait(timeout);
        pool.setJmxEnabled(false);
        return pool;
    }

    private static HostAndPort hostAndPort(Address address) {
        return new HostAndPort(address.host(), address.port());
    }
}
