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
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection that the upstream switched to another protocol. It left the pool, and holds no object of the request. */
final class SwitchedConnection implements DuplexStream {
    private final Socket socket;
    private final OutputStream output;
    private final InputStream input;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean inputEnded;
    private volatile boolean outputEnded;

    /**
     * A connection whose response head was read.
     *
     * @param following the bytes that arrived with the head
     * @throws IOException when the connection is already closed
     */
    SwitchedConnection(Socket socket, byte[] following) throws IOException {
        this.socket = socket;
        this.output = socket.getOutputStream();
        this.input = new Input(following, socket.getInputStream());
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
            try {
                if (inputEnded && outputEnded) {
                    socket.close();
                } else {
                    reset(socket.getChannel());
                }
            } catch (IOException e) {
                // It is closed already.
            }
        }
    }

    /** The bytes that arrived with the head, and then those of the socket. Its end does not close the socket. */
    private final class Input extends FilterInputStream {
        private byte[] following;

        Input(byte[] following, InputStream rest) {
            super(rest);
            this.following = following;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (following.length > 0) {
                int count = Math.min(length, following.length);
                System.arraycopy(following, 0, buffer, offset, count);
                following = Arrays.copyOfRange(following, count, following.length);
                return count;
            }
            int read = in.read(buffer, offset, length);
            inputEnded = read < 0;
            return read;
        }
    }

    /** Closes the connection below TLS, because a farewell of TLS could block. */
    private static void reset(SocketChannel channel) throws IOException {
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }
}
