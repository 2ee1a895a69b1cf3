package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two thousand concurrent requests with the largest head of each shape fit into a small heap while the upstream is
 * silent.
 */
class LargeHeadsSmallHeapTest {
    private static final int REQUESTS = 2_000;
    private static final int LARGEST = 32_600;
    private static final int MOST_LIVE_MEBIBYTES = 128;

    /** The budget of this heap fits about two hundred of the largest heads. */
    private static final int REFUSED = 1_700;

    private static final Pattern USED = Pattern.compile("(?:PSYoungGen|ParOldGen) +total \\d+K, used (\\d+)K");

    private static RawUpstream silent;
    private static RawUpstream healthy;
    private static GatewayProcess gateway;

    /** The content of the head. */
    enum Shape {
        ONE_HEADER("/large", "X-A: " + "v".repeat(LARGEST) + "\r\n"),
        TWO_HUNDRED_HEADERS("/large", headers(199, 150)),
        THOUSANDS_OF_HEADERS("/large", "a:\r\n".repeat(7_000)),
        CONNECTION_OPTIONS("/large", "Connection: " + "a,bc,".repeat(LARGEST / 5) + "\r\n"),
        COOKIES("/large", "Cookie: " + "a=b; ".repeat(LARGEST / 5) + "\r\n"),
        FORWARDED_ENTRIES("/large", "X-Forwarded-For: " + "10.0.0.1,".repeat(LARGEST / 9) + "\r\n"),
        PATH("/large/" + "p".repeat(LARGEST), ""),
        ENCODED_PATH("/large/" + "%61".repeat(LARGEST / 3), ""),
        QUERY_TERMS("/large?" + "a=1&".repeat(LARGEST / 4), ""),
        UNFINISHED("/large", "X-A: " + "v".repeat(LARGEST));

        private final String request;

        Shape(String target, String headers) {
            this.request = "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers
                    + (headers.isEmpty() || headers.endsWith("\n") ? "\r\n" : "");
        }

        private static String headers(int count, int length) {
            StringBuilder headers = new StringBuilder();
            IntStream.range(0, count)
                    .forEach(i -> headers.append("X-")
                            .append(i)
                            .append(": ")
                            .append("v".repeat(length))
                            .append("\r\n"));
            return headers.toString();
        }
    }

    @BeforeAll
    static void start() {
        silent = RawUpstream.that(connection -> connection.linger());
        healthy = RawUpstream.that(RawUpstream.answers(200, "well"));
        gateway = GatewayProcess.start(
                GatewayProcess.shortLived("256m"),
                TestDataDirectory.create(),
                Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url(), "ACCESS_LOG_SAMPLE", "0"));
        gateway.route("large", "/large", "", silent);
        gateway.route("well", "/well", "", healthy);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        silent.close();
        healthy.close();
    }

    @ParameterizedTest
    @EnumSource
    void theNodeSurvives(Shape shape) throws Exception {
        ByteBuffer request = ByteBuffer.wrap(shape.request.getBytes(StandardCharsets.ISO_8859_1));
        List<Sender> senders = new ArrayList<>();
        try {
            for (int i = 0; i < REQUESTS; i++) {
                senders.add(new Sender(request.duplicate()));
            }
            await().atMost(Duration.ofSeconds(50)).until(() -> {
                assertThat(gateway.isAlive()).as(gateway::output).isTrue();
                for (Sender sender : senders) {
                    sender.send();
                }
                return senders.stream().allMatch(Sender::isDone)
                        && senders.stream().filter(sender -> sender.responds).count() >= REFUSED;
            });
            assertThat(liveMebibytes()).isLessThan(MOST_LIVE_MEBIBYTES);
        } finally {
            for (Sender sender : senders) {
                sender.channel.close();
            }
        }
        await().until(() -> gateway.get("/well").body().equals("well"));
    }

    @Test
    void theNodeSurvivesOverHttp2() throws Exception {
        List<RawHttp2Client> clients = new ArrayList<>();
        try {
            for (int connection = 0; connection < REQUESTS / 100; connection++) {
                RawHttp2Client client = RawHttp2Client.to(gateway.port());
                clients.add(client);
                for (int i = 0; i < 100; i++) {
                    client.get(2 * i + 1, "/large", "x-a", "v".repeat(16_000));
                }
            }
            assertThat(gateway.get("/well").body()).isEqualTo("well");
            assertThat(liveMebibytes()).isLessThan(MOST_LIVE_MEBIBYTES);
        } finally {
            clients.forEach(RawHttp2Client::close);
        }
        await().until(() -> gateway.get("/well").body().equals("well"));
    }

    /** Returns the live heap in MiB after a collection. */
    private static long liveMebibytes() throws IOException {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        long kibibytes = 0;
        while (used.find()) {
            kibibytes += Long.parseLong(used.group(1));
        }
        assertThat(kibibytes).isPositive();
        return kibibytes >> 10;
    }

    private static String jcmd(String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(gateway.pid()), command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A client that sends as fast as the gateway accepts. */
    private static final class Sender {
        private final SocketChannel channel = SocketChannel.open();
        private final ByteBuffer request;
        private boolean responds;

        Sender(ByteBuffer request) throws IOException {
            this.request = request;
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        }

        void send() {
            try {
                if (channel.isConnected() || channel.finishConnect()) {
                    responds |= channel.read(ByteBuffer.allocate(64)) != 0;
                    channel.write(request);
                }
            } catch (IOException e) {
                responds = true;
            }
        }

        boolean isDone() {
            return responds || !request.hasRemaining();
        }
    }
}
