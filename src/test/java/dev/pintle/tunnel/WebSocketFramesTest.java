package dev.pintle.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000})
    void aFrameEndsAfterItsPayloadHoweverItArrives(int length) {
        Random random = new Random(length);
        for (boolean masked : new boolean[] {true, false}) {
            byte[] twoFrames = concat(frame(1, length, masked), frame(2, 3, masked));
            Set<Integer> boundaries = new TreeSet<>();
            WebSocketFrames frames = new WebSocketFrames();
            int at = 0;
            while (at < twoFrames.length) {
                int piece = Math.min(twoFrames.length - at, 1 + random.nextInt(5_000));
                at += frames.advance(Arrays.copyOfRange(twoFrames, at, at + piece), piece, false);
                if (frames.atBoundary()) {
                    boundaries.add(at);
                }
            }
            assertThat(boundaries).contains(twoFrames.length);
            assertThat(frame(1, length, masked).length).isIn(stops(twoFrames));
        }
    }

    /** The boundaries at which it stops on request. */
    private static Set<Integer> stops(byte[] bytes) {
        Set<Integer> stops = new TreeSet<>();
        WebSocketFrames frames = new WebSocketFrames();
        int at = frames.advance(bytes, 1, false);
        while (at < bytes.length) {
            at += frames.advance(Arrays.copyOfRange(bytes, at, bytes.length), bytes.length - at, true);
            stops.add(at);
            at += frames.advance(Arrays.copyOfRange(bytes, at, bytes.length), Math.min(1, bytes.length - at), false);
        }
        return stops;
    }

    @Test
    void itStopsAtOnceWhereAFrameMayBegin() {
        assertThat(new WebSocketFrames().advance(frame(1, 10, false), 12, true)).isZero();
    }

    @Test
    void itSeesAClose() {
        WebSocketFrames frames = new WebSocketFrames();
        frames.advance(frame(9, 2, false), 4, false);
        assertThat(frames.closeSeen()).isFalse();
        frames.advance(frame(8, 2, false), 4, false);
        assertThat(frames.closeSeen()).isTrue();
    }

    private static byte[] frame(int opcode, int length, boolean masked) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int mask = masked ? 0x80 : 0;
        frame.write(0x80 | opcode);
        if (length < 126) {
            frame.write(mask | length);
        } else if (length < 1 << 16) {
            frame.write(mask | 126);
            frame.write(length >> 8);
            frame.write(length);
        } else {
            frame.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) length >> shift));
            }
        }
        frame.writeBytes(new byte[masked ? 4 : 0]);
        frame.writeBytes(new byte[length]);
        return frame.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
