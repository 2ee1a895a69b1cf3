package dev.pintle.proxy;

import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ContainerException;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;

/** Where Jersey's own response goes: nowhere, for the resource has answered the client when Jersey begins to. */
enum DiscardingResponseWriter implements ContainerResponseWriter {
    ALREADY;

    @Override
    public OutputStream writeResponseStatusAndHeaders(long contentLength, ContainerResponse response) {
        return OutputStream.nullOutputStream();
    }

    @Override
    public boolean suspend(long timeout, TimeUnit unit, TimeoutHandler handler) {
        return false;
    }

    @Override
    public void setSuspendTimeout(long timeout, TimeUnit unit) {
        throw new IllegalStateException("nothing is suspended here");
    }

    @Override
    public void commit() {
        // The resource has done so.
    }

    @Override
    public void failure(Throwable cause) {
        throw new ContainerException(cause);
    }

    @Override
    public boolean enableResponseBuffering() {
        return false;
    }
}
