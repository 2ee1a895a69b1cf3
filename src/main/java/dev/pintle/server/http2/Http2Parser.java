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
 * Jetty's parser for HTTP/2 with the head limit of the gateway. When a head is too large, Jetty ends the connection
 * with PROTOCOL_ERROR, which hides the cause, and sends no response. This parser disables Jetty's limit. It parses
 * heads of up to twice the limit, which the gateway answers with 431, and ends the connection with ENHANCE_YOUR_CALM
 * for larger ones. Used by one thread.
 */
final class Http2Parser extends ServerParser {
    /** The reason when a head ends its connection because the memory budget is exhausted. */
    static final String NO_MEMORY = "request_head_memory";

    private static final int NO_LIMIT = 0;
    private static final int FRAME_HEADER_BYTES = 9;
    private static final int LENGTH_BYTES = 3;

    private final int maxParsedBytes;
    private final Http2HeadMemory memory;
    private final Consumer<String> onRefusal;
    private int headerBytes;
    private int length;
    private int headBytes;

    /**
     * Creates a parser for one connection.
     *
     * @param maxHeadBytes the head limit of the gateway
     * @param onRefusal receives the reason when a head ends the connection
     */
    Http2Parser(
            ByteBufferPool buffers,
            int maxHeadBytes,
            RateControl rateControl,
            Http2HeadMemory memory,
            Consumer<String> onRefusal) {
        super(buffers, NO_LIMIT, rateControl);
        this.maxParsedBytes = 2 * maxHeadBytes;
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
        // The session overwrites this limit with the one that it announces in SETTINGS.
        getHpackDecoder().setMaxHeaderListSize(NO_LIMIT);
        headBytes = isType(FrameType.HEADERS) ? length : headBytes + length;
        if (headBytes > maxParsedBytes) {
            return refuse(buffer, "request_head_too_large");
        }
        return memory.take(Http2HeadMemory.INCOMPLETE, headBytes) || refuse(buffer, NO_MEMORY);
    }

    /** Reads the length of each frame, because Jetty does not expose the first three of the nine header bytes. */
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
        boolean complete = super.parseBody(buffer);
        if (complete && endsHead) {
            memory.release(Http2HeadMemory.INCOMPLETE);
        }
        return complete;
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
