package dev.pintle.proxy;

import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ContainerException;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;

/** Discards the response of Jersey, because the resource has already sent one. */
enum DiscardingResponseWriter implements ContainerResponseWriter {
    INSTANCE;

    @Override
    public OutputStream writeResponseStatusAndHeaders(long contentLength, ContainerResponse response) {
        return OutputStream.nullOutputStream();
    }

    /** Jersey then waits for a response that never comes, and ends its work for the request. */
    @Override
    public boolean suspend(long timeout, TimeUnit unit, TimeoutHandler handler) {
        return true;
    }

    @Override
    public void setSuspendTimeout(long timeout, TimeUnit unit) {
        throw new IllegalStateException("the resource sets no timeout");
    }

    @Override
    public void commit() {
        // The resource has sent the response.
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
