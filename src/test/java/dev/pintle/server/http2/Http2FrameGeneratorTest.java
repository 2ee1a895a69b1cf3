package dev.pintle.server.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2FrameGeneratorTest {
    private static final int LARGEST_HEAD = 256 << 10;
    private static final int FRAME_HEADER = 9;

    private final List<Integer> acquired = new ArrayList<>();
    private final Http2FrameGenerator generator = generator();

    @Test
    void takesASmallBufferForASmallHead() throws HpackException {
        encoded(HttpFields.build().add("content-type", "text/plain").add("x-request-id", "0123456789abcdef"));
        assertThat(acquired).allMatch(size -> size < 1024);
    }

    /** Huffman codes of 26, 19 and 5 bits. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\\", "a"})
    void aHeadOfAnyCharactersFitsItsBuffer(String character) throws Exception {
        HttpFields.Mutable fields = HttpFields.build();
        IntStream.range(0, 50).forEach(number -> fields.add("x-" + number, character.repeat(number * 40)));
        MetaData head = decoded(encoded(fields));
        assertThat(head.getHttpFields().size()).isEqualTo(50);
    }

    @Test
    void manyHeadersWithoutAValueFit() throws Exception {
        HttpFields.Mutable fields = HttpFields.build();
        IntStream.range(0, 5_000).forEach(number -> fields.add("y" + number, ""));
        MetaData head = decoded(encoded(fields));
        assertThat(head.getHttpFields().size()).isEqualTo(5_000);
    }

    @Test
    void aHeadThatFillsSeveralFramesFits() throws Exception {
        generator.setMaxFrameSize(16 << 10);
        HttpFields.Mutable fields = HttpFields.build();
        IntStream.range(0, 50).forEach(number -> fields.add("x-" + number, "\\".repeat(1_000)));
        ByteBuffer frames = generated(fields);
        ByteBuffer block = ByteBuffer.allocate(frames.remaining());
        int count = 0;
        for (; frames.hasRemaining(); count++) {
            int length = frames.getInt(frames.position()) >>> Byte.SIZE;
            block.put(frames.slice(frames.position() + FRAME_HEADER, length));
            frames.position(frames.position() + FRAME_HEADER + length);
        }
        assertThat(count).isGreaterThan(3);
        assertThat(decoded(block.flip()).getHttpFields().size()).isEqualTo(50);
    }

    @Test
    void refusesAHeadAboveTheLargest() {
        HttpFields.Mutable fields = HttpFields.build().add("x-long", "a".repeat(LARGEST_HEAD + 1));
        assertThatThrownBy(() -> encoded(fields)).isInstanceOf(HpackException.SessionException.class);
    }

    @Test
    void laterFramesTakeBuffersOfTheirSize() throws HpackException {
        encoded(HttpFields.build().add("a", "b"));
        acquired.clear();
        assertThat(generator.control(output(), new PingFrame(7, false))).isEqualTo(FRAME_HEADER + Long.BYTES);
    }

    private Http2FrameGenerator generator() {
        ByteBufferPool counting = new ByteBufferPool.Wrapper(new ArrayByteBufferPool()) {
            @Override
            public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
                acquired.add(size);
                return super.acquire(size, direct);
            }
        };
        Http2FrameGenerator created = new Http2FrameGenerator(counting, true, 0);
        created.setMaxFrameSize(LARGEST_HEAD);
        created.getHpackEncoder().setMaxHeaderListSize(LARGEST_HEAD);
        return created;
    }

    /** Returns the header block of a head that is one frame. */
    private ByteBuffer encoded(HttpFields fields) throws HpackException {
        ByteBuffer frame = generated(fields);
        return frame.position(frame.position() + FRAME_HEADER);
    }

    private ByteBuffer generated(HttpFields fields) throws HpackException {
        RetainableByteBuffer.Mutable output = output();
        MetaData head = new MetaData.Response(200, null, HttpVersion.HTTP_2, fields);
        generator.control(output, new HeadersFrame(1, head, null, true));
        return output.getByteBuffer();
    }

    private static MetaData decoded(ByteBuffer block) throws Exception {
        HpackDecoder decoder = new HpackDecoder(2 * LARGEST_HEAD, () -> 0);
        decoder.setMaxTableCapacity(1 << 20);
        return decoder.decode(block);
    }

    private static RetainableByteBuffer.Mutable output() {
        return new RetainableByteBuffer.DynamicCapacity(new ArrayByteBufferPool(), true, -1);
    }
}
