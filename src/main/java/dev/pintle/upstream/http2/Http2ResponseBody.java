package dev.pintle.upstream.http2;

import dev.pintle.http.Body;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.http.StreamBody;
import dev.pintle.upstream.target.Target;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http2.api.Stream;
import org.jspecify.annotations.Nullable;

/** The body of a response over HTTP/2. Closing it before its end resets the stream. Used by one thread. */
final class Http2ResponseBody extends StreamBody {
    private final long length;
    private final Target target;
    private final UpstreamStream stream;
    private final Http2Exchange exchange;
    private Stream.@Nullable Data data;
    private long left;
    private boolean lastRead;
    private boolean done;
    private boolean brokeOff;

    /** @param length bytes of the content, or {@link Body#UNKNOWN} */
    Http2ResponseBody(long length, Target target, UpstreamStream stream, Http2Exchange exchange) {
        this.target = target;
        this.length = length;
        this.left = length;
        this.stream = stream;
        this.exchange = exchange;
    }

    @Override
    public long length() {
        return length;
    }

    /** @throws ExchangeException when the upstream broke off or timed out */
    @Override
    public int read(byte[] buffer, int offset, int size) {
        if (done) {
            return -1;
        }
        ByteBuffer content = content();
        left -= content == null ? 0 : Math.min(size, content.remaining());
        if (length >= 0 && (content == null ? left > 0 : left < 0)) {
            brokeOff = true;
            throw StreamFailure.malformed("its content has not the announced " + length + " bytes", target);
        }
        if (content == null) {
            RuntimeException malformation = stream.malformation();
            if (malformation != null) {
                brokeOff = true;
                throw malformation;
            }
            done = true;
            exchange.finished();
            return -1;
        }
        int read = Math.min(size, content.remaining());
        content.get(buffer, offset, read);
        releaseIfRead(content);
        return read;
    }

    /** Waits for content; null at the end. */
    private @Nullable ByteBuffer content() {
        while (true) {
            ByteBuffer content = arrived();
            if (content != null || lastRead) {
                return content;
            }
            try {
                data = exchange.awaitData();
            } catch (ExchangeException failure) {
                brokeOff = failure.kind().faultParty() == FailureKind.FaultParty.UPSTREAM;
                throw failure;
            }
            lastRead = data == null;
        }
    }

    /** Returns content that has arrived, without waiting; null when none has. */
    private @Nullable ByteBuffer arrived() {
        while (data != null || !lastRead) {
            Stream.Data held = data == null ? stream.available() : data;
            data = held;
            if (held == null) {
                return null;
            }
            ByteBuffer content = held.frame().getByteBuffer();
            if (content.hasRemaining()) {
                return content;
            }
            releaseIfRead(content);
        }
        return null;
    }

    private void releaseIfRead(ByteBuffer content) {
        Stream.Data held = data;
        if (held != null && !content.hasRemaining()) {
            lastRead = held.frame().isEndStream();
            held.release();
            data = null;
        }
    }

    @Override
    public int available() {
        ByteBuffer content = done ? null : arrived();
        return content == null ? 0 : content.remaining();
    }

    @Override
    public Headers trailers() {
        return done ? Http2Headers.of(stream.trailers()) : Headers.EMPTY;
    }

    @Override
    public boolean brokeOff() {
        return brokeOff;
    }

    @Override
    public void close() {
        Stream.Data held = data;
        if (held != null) {
            held.release();
            data = null;
        }
        if (!done) {
            done = true;
            exchange.release();
        }
    }
}
