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

/** Makes clients of Redis however it is run. */
final class RedisClientFactory {
    private static final int MAX_CONNECTIONS = 128;

    /** The node that had a slot, the one that has it now, and one more in case it moves meanwhile. */
    private static final int NODES_ASKED = 3;

    private RedisClientFactory() {}

    /**
     * Makes a client. One that came by sentinels stays with the master they named: who loses it makes another client.
     *
     * @param patience with each single step: to connect, to get a connection, to wait for an answer
     * @throws redis.clients.jedis.exceptions.JedisException when it has to ask first, and is not answered
     */
    static UnifiedJedis open(RedisUri url, Duration patience) {
        return switch (url.kind()) {
            case STANDALONE -> toOne(hostAndPort(url.addresses().getFirst()), url, patience);
            case SENTINEL -> toOne(master(url, patience), url, patience);
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(url.addresses().stream()
                                .map(RedisClientFactory::hostAndPort)
                                .collect(Collectors.toSet()))
                        .clientConfig(config(url, patience))
                        .poolConfig(pool(patience))
                        .maxAttempts(NODES_ASKED)
                        .maxTotalRetriesDuration(patience)
                        .build();
        };
    }

    private static RedisClient toOne(HostAndPort address, RedisUri url, Duration patience) {
        return RedisClient.builder()
                .hostAndPort(address)
                .clientConfig(config(url, patience))
                .poolConfig(pool(patience))
                .build();
    }

    /** Jedis' own client for sentinels leaves threads behind when it is closed soon after it was made, so it is not used. */
    private static HostAndPort master(RedisUri url, Duration patience) {
        JedisClientConfig config = common(url, patience).build();
        for (Address address : url.addresses()) {
            try (Jedis sentinel = new Jedis(hostAndPort(address), config)) {
                List<String> master = sentinel.sentinelGetMasterAddrByName(url.master());
                if (master != null) {
                    return new HostAndPort(master.get(0), Integer.parseInt(master.get(1)));
                }
            } catch (JedisConnectionException e) {
                // The next one may be there.
            }
        }
        throw new JedisConnectionException("no sentinel that answers knows a master " + url.master());
    }

    private static JedisClientConfig config(RedisUri url, Duration patience) {
        return common(url, patience)
                .user(url.user())
                .password(url.password())
                .database(url.database())
                .build();
    }

    private static DefaultJedisClientConfig.Builder common(RedisUri url, Duration patience) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .timeoutMillis(Math.toIntExact(patience.toMillis()))
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        return url.tls()
                ? config.sslOptions(
                        SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build())
                : config;
    }

    private static ConnectionPoolConfig pool(Duration patience) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxIdle(MAX_CONNECTIONS);
        pool.setMaxWait(patience);
        pool.setJmxEnabled(false);
        return pool;
    }

    private static HostAndPort hostAndPort(Address address) {
        return new HostAndPort(address.host(), address.port());
    }
}
