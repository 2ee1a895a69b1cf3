package dev.pintle.server.http2;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Encodes each response head in a buffer of its size. Jetty takes a buffer of the largest allowed head for every head: 256 KiB, which no
 * pool keeps. Belongs to one connection, whose frames are generated one after the other.
 */
final class Http2FrameGenerator extends Generator {
    /** The longest Huffman code has 30 bits. */
    private static final int MAX_BYTES_PER_CHARACTER = 4;

    /** More than an index and two lengths. Twice this covers a new size of the table, the status and a content-length. */
    private static final int MAX_BYTES_PER_HEADER = 32;

    private final HeadBuffers buffers;

    Http2FrameGenerator(ByteBufferPool buffers, boolean direct, int maxHeaderBlockFragment) {
        HeadBuffers limited = new HeadBuffers(buffers);
        super(limited, direct, maxHeaderBlockFragment);
        this.buffers = limited;
    }

    @Override
    public int control(RetainableByteBuffer.Mutable output, Frame frame) throws HpackException {
        if (!(frame instanceof HeadersFrame head)) {
            return super.control(output, frame);
        }
        buffers.limit = maxEncodedSize(head.getMetaData());
        try {
            return super.control(output, frame);
        } finally {
            buffers.limit = Integer.MAX_VALUE;
        }
    }

    private static int maxEncodedSize(MetaData head) {
        int size = 2 * MAX_BYTES_PER_HEADER;
        for (HttpField field : head.getHttpFields()) {
            String value = field.getValue();
            int characters = field.getName().length() + (value == null ? 0 : value.length());
            size += MAX_BYTES_PER_HEADER + MAX_BYTES_PER_CHARACTER * characters;
        }
        return size;
    }

    /** A pool whose buffers are at most as large as the current limit. Jetty also collects frames in them, a head at most at a time. */
    private static final class HeadBuffers extends ByteBufferPool.Wrapper {
        private int limit = Integer.MAX_VALUE;

        HeadBuffers(ByteBufferPool buffers) {
            super(buffers);
        }

        @Override
        public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
            return super.acquire(Math.min(size, limit), direct);
        }
    }
}
