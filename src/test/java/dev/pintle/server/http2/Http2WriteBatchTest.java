package dev.pintle.server.http2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawHttp2Client;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class Http2WriteBatchTest {
    private static final int MAX_BYTES = 16 << 10;

    private final CountingEndPoint socket = new CountingEndPoint();
    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private boolean severalStreams = true;
    private final Http2WriteBatch batch = new Http2WriteBatch(socket, ready::add, pool, () -> severalStreams);

    @Test
    void writesThatFollowEachOtherLeaveTogether() {
        assertThat(write("head,", "body,").isDone()).isTrue();
        assertThat(write("next").isDone()).isTrue();
        assertThat(socket.getOutputString()).isEmpty();
        runReady();
        assertThat(socket.takeOutputString()).isEqualTo("head,body,next");
        assertThat(socket.writes).isEqualTo(1);
        assertThat(pool.getLeaks()).isEmpty();
        write("later");
        runReady();
        assertThat(socket.takeOutputString()).isEqualTo("later");
    }

    @Test
    void aStreamThatIsAloneWritesAtOnce() {
        severalStreams = false;
        assertThat(write("a").isDone()).isTrue();
        assertThat(socket.takeOutputString()).isEqualTo("a");
        assertThat(ready).isEmpty();
    }

    @Test
    void theLastFrameSucceedsAfterItsBatchIsWritten() {
        socket.block();
        write("answer");
        severalStreams = false;
        Write goAway = write("goaway");
        assertThat(goAway.isDone()).isFalse();
        socket.unblock();
        assertThat(goAway.isDone()).isTrue();
        assertThat(socket.takeOutputString()).isEqualTo("answergoaway");
        runReady();
        assertThat(socket.takeOutputString()).isEmpty();
    }

    @Test
    void aWriteThatDoesNotFitLeavesAtOnceAfterTheBatch() {
        write("first");
        String large = "l".repeat(MAX_BYTES);
        assertThat(write(large).isDone()).isTrue();
        assertThat(socket.takeOutputString()).isEqualTo("first" + large);
    }

    @Test
    void aClientThatDoesNotReadGetsOneBatchAtMost() {
        socket.block();
        assertThat(write("first").isDone()).isTrue();
        runReady();
        Write second = write("second");
        assertThat(second.isDone()).isFalse();
        socket.unblock();
        assertThat(second.isDone()).isTrue();
        assertThat(socket.takeOutputString()).isEqualTo("firstsecond");
        assertThat(pool.getLeaks()).isEmpty();
    }

    @Test
    void aBatchThatFailsClosesTheConnectionAndFailsTheNextWrites() {
        socket.block();
        write("first");
        runReady();
        Write second = write("second");
        socket.cancelWrite(new IllegalStateException("reset")).failed(new IllegalStateException("reset"));
        assertThat(second.failed).isTrue();
        assertThat(write("third").failed).isTrue();
        assertThat(socket.isOpen()).isFalse();
        assertThat(pool.getLeaks()).isEmpty();
    }

    @Test
    void aServerThatStopsWritesAtOnce() {
        Http2WriteBatch stopping = new Http2WriteBatch(
                socket,
                task -> {
                    throw new RejectedExecutionException();
                },
                pool,
                () -> true);
        stopping.write(Callback.NOOP, ByteBuffer.wrap("a".getBytes(UTF_8)));
        assertThat(socket.takeOutputString()).isEqualTo("a");
    }

    @Test
    void eachConnectionHasABatch() throws Exception {
        try (TestHttp2Server server = new TestHttp2Server(Duration.ofSeconds(30));
                RawHttp2Client client = RawHttp2Client.to(server.port())) {
            client.until(RawHttp2Client.SETTINGS);
            assertThat(server.connection().getSession().getEndPoint()).isInstanceOf(Http2WriteBatch.class);
        }
    }

    private Write write(String... parts) {
        Write write = new Write();
        ByteBuffer[] buffers = new ByteBuffer[parts.length];
        for (int i = 0; i < parts.length; i++) {
            buffers[i] = ByteBuffer.wrap(parts[i].getBytes(UTF_8));
        }
        batch.write(write, buffers);
        return write;
    }

    private void runReady() {
        while (!ready.isEmpty()) {
            ready.remove().run();
        }
    }

    private static final class Write implements Callback {
        private boolean succeeded;
        private boolean failed;

        boolean isDone() {
            return succeeded;
        }

        @Override
        public void succeeded() {
            succeeded = true;
        }

        @Override
        public void failed(Throwable cause) {
            failed = true;
        }
    }

    /** A socket that counts its writes, and takes none while its client does not read. */
    private static final class CountingEndPoint extends ByteArrayEndPoint {
        private int writes;
        private boolean blocked;

        CountingEndPoint() {
            super(new byte[0], MAX_BYTES, true);
        }

        void block() {
            blocked = true;
        }

        void unblock() {
            blocked = false;
            getWriteFlusher().completeWrite();
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            if (blocked) {
                return false;
            }
            writes++;
            return super.flush(buffers);
        }
    }
}
