package dev.pintle.server.proxyprotocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/** Reads the PROXY header of one connection. Then the connection of the next protocol replaces this one. */
public final class ProxyProtocolConnection extends AbstractConnection implements Connection.UpgradeFrom {
    private final Duration timeout;
    private final Function<ProxyHeader, Connection> next;
    private final BiConsumer<EndPoint, String> closed;
    private ByteBuffer received = BufferUtil.EMPTY_BUFFER;

    /**
     * Creates a connection.
     *
     * @param timeout of the header
     * @param next creates the connection after the header
     * @param closed receives the fault of the client when this connection closes
     */
    ProxyProtocolConnection(
            EndPoint endPoint,
            Executor executor,
            Duration timeout,
            Function<ProxyHeader, Connection> next,
            BiConsumer<EndPoint, String> closed) {
        super(endPoint, executor);
        this.timeout = timeout;
        this.next = next;
        this.closed = closed;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        fillInterested();
    }

    @Override
    public void onFillable() {
        if (received.capacity() == 0) {
            received = BufferUtil.allocate(ProxyHeader.MAX_LENGTH);
        }
        try {
            read();
        } catch (MalformedProxyHeaderException e) {
            close(e.fault());
        } catch (IOException e) {
            close();
        }
    }

    private void read() throws IOException, MalformedProxyHeaderException {
        int read = getEndPoint().fill(received);
        ProxyHeader header = ProxyHeader.parse(received);
        if (header != null) {
            received.position(header.length());
            getEndPoint().upgrade(next.apply(header));
        } else if (read < 0) {
            close();
        } else {
            fillInterested();
        }
    }

    /** Returns the bytes after the header. */
    @Override
    public ByteBuffer onUpgradeFrom() {
        return received;
    }

    Duration timeout() {
        return timeout;
    }

    /** Closes the connection and logs the fault, which completes "it …". */
    void close(String fault) {
        closed.accept(getEndPoint(), fault);
        close();
    }
}
