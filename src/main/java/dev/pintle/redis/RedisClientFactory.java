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

/** Opens clients for each kind of Redis deployment. */
final class RedisClientFactory {
    private static final int MAX_CONNECTIONS = 128;

    /** The previous node of a slot, its current node, and one more if the slot moves again. */
    private static final int MAX_NODES = 3;

    private RedisClientFactory() {}

    /**
     * Opens a client. After a failover of a master behind sentinels, the caller opens another client.
     *
     * @param timeout the timeout of each step: to connect, to borrow a connection, to receive an answer
     * @throws redis.clients.jedis.exceptions.JedisException if no sentinel answers
     */
    static UnifiedJedis open(RedisUri uri, Duration timeout) {
        return switch (uri.kind()) {
            case STANDALONE -> standalone(hostAndPort(uri.addresses().getFirst()), uri, timeout);
            case SENTINEL -> standalone(master(uri, timeout), uri, timeout);
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

    private static RedisClient standalone(HostAndPort address, RedisUri uri, Duration timeout) {
        return RedisClient.builder()
                .hostAndPort(address)
                .clientConfig(config(uri, timeout))
                .poolConfig(pool(timeout))
                .build();
    }

    /**
     * Asks the sentinels for the master. Replaces Jedis' RedisSentinelClient, which leaks threads when it closes
     * soon after its start; delete this when Jedis fixes it.
     */
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
        throw new JedisConnectionException("None of the available sentinels knows the master " + uri.master());
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
