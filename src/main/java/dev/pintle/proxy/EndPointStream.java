package dev.pintle.proxy;

import dev.pintle.tunnel.ClientStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;

/** The output to a client, on the connection that the server hands over after a 101 response. */
final class EndPointStream implements ClientStream {
    private final EndPoint endPoint;

    EndPointStream(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    @Override
    public void write(byte[] buffer, int length) throws IOException {
        try (Blocker.Callback written = Blocker.callback()) {
            endPoint.write(written, ByteBuffer.wrap(buffer, 0, length));
            written.block();
        }
    }

    @Override
    public void endOutput() {
        endPoint.shutdownOutput();
    }

    @Override
    public void close() {
        endPoint.close();
    }
}
