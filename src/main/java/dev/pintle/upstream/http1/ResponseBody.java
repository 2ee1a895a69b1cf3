package dev.pintle.upstream.http1;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.http.StreamBody;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;

/**
 * The body of an upstream's response. Reading it to its end releases the connection; closing it earlier abandons the
 * connection.
 */
final class ResponseBody extends StreamBody {
    private final long length;
    private final InputStream content;
    private final Http1Exchange exchange;
    private long left;
    private boolean begun;
    private boolean done;
    private boolean brokeOff;

    /** @param length bytes of the content, or negative when the length is not known in advance */
    ResponseBody(long length, InputStream content, Http1Exchange exchange) {
        this.length = Math.max(length, UNKNOWN);
        this.content = content;
        this.exchange = exchange;
        this.left = this.length;
    }

    @Override
    public long length() {
        return length;
    }

    /** @throws ExchangeException when the upstream closed the connection or timed out */
    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        if (done) {
            return -1;
        }
        begun = true;
        exchange.awaitBytes();
        int read;
        try {
            read = content.read(buffer, offset, size);
        } catch (IOException e) {
            ExchangeException failure = exchange.failure(e);
            brokeOff = failure.kind().faultParty() == FailureKind.FaultParty.UPSTREAM;
            throw failure;
        }
        exchange.gotBytes();
        left -= Math.max(read, 0);
        if (read < 0 || left == 0) {
            done = true;
            exchange.finished();
        }
        return read;
    }

    /** No bytes are available after a connection failure; the next read throws it. */
    @Override
    public int available() {
        try {
            int buffered = done ? 0 : content.available();
            return done || buffered > 0 ? buffered : unbuffered();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Bytes that follow the buffered ones. Those of a chunked body may belong to a chunk size, so that the next read
     * waits. A chunked body does not know its available bytes before its first chunk.
     */
    private int unbuffered() throws IOException {
        if (length >= 0) {
            return (int) Math.min(left, exchange.arrived());
        }
        return !begun && exchange.hasMore() ? 1 : 0;
    }

    @Override
    public Headers trailers() {
        if (!done || !(content instanceof ChunkedInputStream chunked)) {
            return Headers.EMPTY;
        }
        Headers.Builder headers = Headers.builder();
        for (Header trailer : chunked.getFooters()) {
            headers.add(trailer.getName(), trailer.getValue());
        }
        return headers.build();
    }

    @Override
    public boolean brokeOff() {
        return brokeOff;
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        if (skippedRest()) {
            exchange.finished();
        } else {
            exchange.release();
        }
    }

    /** Skips the rest if it has already arrived, so that an unread response does not cost a connection. */
    private boolean skippedRest() {
        try {
            if (left <= 0 || content.available() < left) {
                return false;
            }
            content.skipNBytes(left);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
