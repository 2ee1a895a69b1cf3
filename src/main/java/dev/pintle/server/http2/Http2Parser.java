package dev.pintle.server.http2;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.Flags;
import org.eclipse.jetty.http2.frames.FrameType;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Jetty's parser for HTTP/2 with a bound on heads of its own. Jetty ends the connection with PROTOCOL_ERROR where a head is too
 * large, which blames the wrong side and gives the client no response. So Jetty's bound is off, heads up to twice the gateway's
 * bound are read to be answered with 431, and larger ones end the connection with ENHANCE_YOUR_CALM. Used by one thread.
 */
final class Http2Parser extends ServerParser {
    /** The reason where a head ends its connection because the node has no memory for it. */
    static final String NO_MEMORY = "request_head_memory";

    private static final int NO_BOUND = 0;
    private static final int FRAME_HEADER_BYTES = 9;
    private static final int LENGTH_BYTES = 3;

    private final int mostHeadBytes;
    private final Http2HeadMemory memory;
    private final Consumer<String> onRefusal;
    private int headerBytes;
    private int length;
    private int headBytes;

    /**
     * A parser for one connection.
     *
     * @param maxHeadBytes the gateway's bound on a head
     * @param onRefusal takes the reason when a head ends the connection
     */
    Http2Parser(
            ByteBufferPool buffers,
            int maxHeadBytes,
            RateControl rateControl,
            Http2HeadMemory memory,
            Consumer<String> onRefusal) {
        super(buffers, NO_BOUND, rateControl);
        this.mostHeadBytes = 2 * maxHeadBytes;
        this.memory = memory;
        this.onRefusal = onRefusal;
    }

    @Override
    protected boolean parseHeader(ByteBuffer buffer) {
        readLength(buffer);
        if (!super.parseHeader(buffer)) {
            return false;
        }
        headerBytes = 0;
        if (!isHead()) {
            return true;
        }
        // The session sets the bound that it announces in SETTINGS.
        getHpackDecoder().setMaxHeaderListSize(NO_BOUND);
        headBytes = isType(FrameType.HEADERS) ? length : headBytes + length;
        if (headBytes > mostHeadBytes) {
            return refuse(buffer, "request_head_too_large");
        }
        return memory.take(Http2HeadMemory.INCOMPLETE, headBytes) || refuse(buffer, NO_MEMORY);
    }

    /** Jetty reads the nine bytes before each frame, and keeps their first three to itself. */
    private void readLength(ByteBuffer buffer) {
        int bytes = Math.min(FRAME_HEADER_BYTES - headerBytes, buffer.remaining());
        for (int i = 0; i < bytes; i++, headerBytes++) {
            if (headerBytes < LENGTH_BYTES) {
                length = (headerBytes == 0 ? 0 : length << Byte.SIZE) | (buffer.get(buffer.position() + i) & 0xff);
            }
        }
    }

    @Override
    protected boolean parseBody(ByteBuffer buffer) {
        boolean endsHead = isHead() && hasFlag(Flags.END_HEADERS);
        boolean whole = super.parseBody(buffer);
        if (whole && endsHead) {
            memory.release(Http2HeadMemory.INCOMPLETE);
        }
        return whole;
    }

    private boolean refuse(ByteBuffer buffer, String reason) {
        BufferUtil.clear(buffer);
        onRefusal.accept(reason);
        notifyConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, reason);
        return false;
    }

    private boolean isHead() {
        return isType(FrameType.HEADERS) || isType(FrameType.CONTINUATION);
    }

    private boolean isType(FrameType type) {
        return getFrameType() == type.getType();
    }
}
