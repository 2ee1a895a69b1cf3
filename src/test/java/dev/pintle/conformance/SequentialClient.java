package dev.pintle.conformance;

import java.io.Closeable;

/** Sends one request after the other and reports whether the responses look complete. Used by one thread. */
interface SequentialClient extends Closeable {
    /**
     * A final response as the client received it.
     *
     * @param status 0 without a response head
     * @param complete whether the response looks complete to the client
     */
    record Response(int status, boolean complete, String body) {
        static final Response NONE = new Response(0, false, "");
    }

    /** Sends a request; a POST has a small body. */
    Response send(String method, String target);

    @Override
    void close();
}
