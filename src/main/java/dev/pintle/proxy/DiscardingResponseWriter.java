package dev.pintle.proxy;

import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ContainerException;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;

/** Discards Jersey's own response, because the resource has already answered the client. */
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
