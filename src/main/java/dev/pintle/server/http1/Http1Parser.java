package dev.pintle.server.http1;

import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.guards.HeadRefusedException;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.util.BufferUtil;

/** Jetty's parser for HTTP/1.1 with a strict request line and a memory budget for the head. Used by one thread. */
final class Http1Parser extends HttpParser {
    private final RequestLineScanner requestLine = new RequestLineScanner();
    private final LongPredicate hasMemory;

    /**
     * Creates a parser.
     *
     * @param hasMemory returns whether the node has memory for a head of this size in bytes
     */
    Http1Parser(RequestHandler handler, int maxHeadBytes, HttpCompliance compliance, LongPredicate hasMemory) {
        super(handler, maxHeadBytes, compliance);
        this.hasMemory = hasMemory;
    }

    @Override
    public boolean parseNext(ByteBuffer buffer) {
        String fault = isBeforeHeaders() ? requestLine.fault(buffer) : null;
        if (fault != null) {
            return refuse(buffer, HeadRefusedException.malformed(fault));
        }
        boolean handle = super.parseNext(buffer);
        if (!handle && inHeaderState() && !hasMemory.test(getHeaderLength())) {
            return refuse(buffer, HeadLimits.overloaded());
        }
        return handle;
    }

    private boolean isBeforeHeaders() {
        return getState().compareTo(State.HEADER) < 0;
    }

    private boolean refuse(ByteBuffer buffer, HeadRefusedException refusal) {
        if (isStart()) {
            getHandler().messageBegin();
        }
        BufferUtil.clear(buffer);
        badMessage(refusal);
        return false;
    }

    @Override
    public void reset() {
        super.reset();
        requestLine.reset();
    }
}
