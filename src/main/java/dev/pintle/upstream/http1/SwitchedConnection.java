package dev.pintle.upstream.http1;

import dev.pintle.http.DuplexStream;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.WebSocketHandshake;
import dev.pintle.upstream.target.Target;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.ContentLengthStrategy;

/** A connection that the upstream switched to another protocol. It stays leased until it is closed, and is not reused. */
final class SwitchedConnection implements DuplexStream {
    private final LeasedConnection connection;
    private final Socket socket;
    private final OutputStream output;
    private final InputStream input;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean inputEnded;
    private volatile boolean outputEnded;

    /**
     * A connection whose response head was read.
     *
     * @throws IOException when the connection is already closed
     */
    SwitchedConnection(LeasedConnection connection, UpstreamResponse head) throws IOException {
        this.connection = connection;
        this.socket = connection.socket();
        this.output = socket.getOutputStream();
        this.input = new FilterInputStream(head.content(ContentLengthStrategy.UNDEFINED)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = in.read(buffer, offset, length);
                inputEnded = read < 0;
                return read;
            }
        };
    }

    /** @throws ExchangeException when the response does not fit the client's handshake */
    static void check(UpstreamResponse head, GatewayRequest request, Target target) {
        WebSocketHandshake handshake = Objects.requireNonNull(request.webSocket());
        handshake.faultOf(head.headers()).ifPresent(fault -> {
            throw new ExchangeException(FailureKind.RESET, target + " answered with an invalid handshake: " + fault);
        });
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void endOutput() throws IOException {
        outputEnded = true;
        socket.shutdownOutput();
    }

    /** Closes the connection normally if both sides ended. Otherwise resets it, so that the upstream detects an incomplete end. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (inputEnded && outputEnded) {
                connection.returnToPool(false);
            } else {
                connection.abandon();
            }
        }
    }
}
