package dev.pintle.proxy;

import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.tunnel.WebSocketTunnel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The connection of a client after a 101 response. The server calls it on a thread of its own when bytes arrive, so that an
 * idle client costs no thread.
 */
final class TunnelConnection extends AbstractConnection implements Connection.UpgradeTo {
    private static final int BUFFER = 16 << 10;

    private final Executor receiving;
    private final OpenTunnels tunnels;
    private final WebSocketTunnel tunnel;
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

    /** @param receiving runs the passing of bytes, which blocks while the upstream takes no more */
    TunnelConnection(
            EndPoint endPoint, Executor executor, Executor receiving, OpenTunnels tunnels, WebSocketTunnel tunnel) {
        super(endPoint, executor);
        this.receiving = receiving;
        this.tunnels = tunnels;
        this.tunnel = tunnel;
    }

    /** Takes bytes that the client sent together with its request. */
    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        early = bytes;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        tunnels.open(tunnel);
        getExecutor().execute(this::receive);
    }

    @Override
    public void onFillable() {
        receiving.execute(this::receive);
    }

    private void receive() {
        try {
            byte[] first = BufferUtil.toArray(early);
            early = BufferUtil.EMPTY_BUFFER;
            if (first.length > 0) {
                tunnel.receive(first, first.length);
            }
            receive(new byte[BUFFER]);
        } catch (IOException e) {
            tunnel.clientFailed();
        }
    }

    private void receive(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int filled = fill(buffer);
        while (filled > 0) {
            tunnel.receive(bytes, filled);
            filled = fill(buffer);
        }
        if (filled < 0) {
            tunnel.clientEnded();
        } else {
            fillInterested();
        }
    }

    private int fill(ByteBuffer buffer) throws IOException {
        BufferUtil.clear(buffer);
        return getEndPoint().fill(buffer);
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        tunnel.clientFailed();
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        tunnel.clientFailed();
    }

    /** The tunnel has its own limit of silence. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return false;
    }
}
