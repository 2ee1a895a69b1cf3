package dev.pintle.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a free loopback port, in a process that can be killed, frozen and restarted. It has no persistence: a
 * restart loses all data.
 */
public final class TestRedis implements AutoCloseable {
    /** The offset of the cluster bus port. */
    private static final int BUS = 10_000;

    private static final int MOST_PORT = 65_535;

    private static final String SETTINGS = "redis.conf";

    private final Path folder = TestDirectories.create("redis-");
    private final int port = freePort();
    private final List<String> command;
    private Process process;

    private TestRedis(List<String> mode, String... settings) {
        command = new ArrayList<>(
                List.of(Program.PATH.toString(), folder.resolve(SETTINGS).toString()));
        command.addAll(mode);
        List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + folder));
        lines.addAll(List.of(settings));
        try {
            Files.write(folder.resolve(SETTINGS), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    /**
     * Starts a Redis.
     *
     * @param settings lines of its configuration
     */
    public static TestRedis start(String... settings) {
        List<String> lines = new ArrayList<>(List.of("save \"\""));
        lines.addAll(List.of(settings));
        return new TestRedis(List.of(), lines.toArray(String[]::new));
    }

    /** Starts a single sentinel with a timeout of half a second. */
    public static TestRedis startSentinel(String name, TestRedis master) {
        return new TestRedis(
                List.of("--sentinel"),
                "sentinel monitor " + name + " 127.0.0.1 " + master.port + " 1",
                "sentinel down-after-milliseconds " + name + " 500",
                "sentinel failover-timeout " + name + " 5000");
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills the process, as when the machine fails. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Freezes the process, as when the machine hangs: connections stay open without responses. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** Restarts it without data on the same port. */
    public void restart() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not start", e);
        }
        await().until(this::answers);
    }

    /** Runs a command, such as {@code CONFIG SET maxmemory 1}. */
    public void execute(String command) {
        String[] words = command.split(" ", -1);
        Protocol.Command verb = Protocol.Command.valueOf(words[0]);
        ask(redis -> redis.sendCommand(verb, Arrays.copyOfRange(words, 1, words.length)));
    }

    /** Runs a function on a separate connection. */
    public <T> T ask(Function<Jedis, T> question) {
        try (Jedis redis = new Jedis(
                "127.0.0.1", port, DefaultJedisClientConfig.builder().resp2().build())) {
            return question.apply(redis);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Redis ended: " + Files.readString(folder.resolve("log")));
        }
        try {
            return ask(Jedis::ping).equals("PONG");
        } catch (JedisConnectionException e) {
            return false;
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a free port whose cluster bus port is free too. */
    private static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort();
                if (port + BUS <= MOST_PORT) {
                    new ServerSocket(port + BUS, 1, InetAddress.getLoopbackAddress()).close();
                    return port;
                }
            } catch (IOException e) {
                // In use: tries the next one.
            }
        }
    }

    /** Unpacked on first use. */
    private static final class Program {
        static final Path PATH = unpacked();

        private static Path unpacked() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().toPath();
            } catch (IOException e) {
                throw new UncheckedIOException("no Redis binary for this machine", e);
            }
        }
    }
}
