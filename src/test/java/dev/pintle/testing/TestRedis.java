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
 * A real Redis on a free port of the loopback address, in a process of its own that can be killed, frozen and started again.
 * It keeps nothing on disk: a new start is an empty one.
 */
public final class TestRedis implements AutoCloseable {
    /** A Redis of a cluster listens there as well. */
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
     * A Redis that runs.
     *
     * @param settings lines of its configuration
     */
    public static TestRedis start(String... settings) {
        List<String> lines = new ArrayList<>(List.of("save \"\""));
        lines.addAll(List.of(settings));
        return new TestRedis(List.of(), lines.toArray(String[]::new));
    }

    /** A sentinel, alone, that gives a master half a second. */
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

    /** As when the machine is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As when the machine hangs: connections stay open, and nothing is answered. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** Starts it again, empty, where it was. */
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

    /** Asks something of it, on a connection of its own. */
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

    /** A port that is free, and so is the one of the cluster bus. */
    private static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort();
                if (port + BUS <= MOST_PORT) {
                    new ServerSocket(port + BUS, 1, InetAddress.getLoopbackAddress()).close();
                    return port;
                }
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
    }

    /** Unpacked when it is first named. */
    private static final class Program {
        static final Path PATH = unpacked();

        private static Path unpacked() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().toPath();
            } catch (IOException e) {
                throw new UncheckedIOException("there is no Redis for this machine", e);
            }
        }
    }
}
