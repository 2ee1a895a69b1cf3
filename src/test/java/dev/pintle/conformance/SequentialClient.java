package dev.pintle.conformance;

import java.io.Closeable;

/** Sends one request after the other, and says whether the responses look complete. Used by one thread. */
interface SequentialClient extends Closeable {
    /**
     * A final response as the client sees it.
     *
     * @param status 0 when not even the head came
     * @param complete whether the client must take it for complete
     */
    record Response(int status, boolean complete, String body) {
        static final Response NONE = new Response(0, false, "");
    }

    /** A request; a POST has a small body. */
    Response send(String method, String target);

    @Override
    void close();
}
