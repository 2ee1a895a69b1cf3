package dev.pintle.conformance;

import static dev.pintle.conformance.WebSocketCase.BINARY;
import static dev.pintle.conformance.WebSocketCase.FIN;
import static dev.pintle.conformance.WebSocketCase.GOODBYE;
import static dev.pintle.conformance.WebSocketCase.PING;
import static dev.pintle.conformance.WebSocketCase.RSV1;
import static dev.pintle.conformance.WebSocketCase.TEXT;
import static dev.pintle.conformance.WebSocketCase.exchange;
import static dev.pintle.conformance.WebSocketCase.frame;
import static dev.pintle.conformance.WebSocketCase.text;
import static dev.pintle.conformance.WebSocketTranscript.closed;
import static dev.pintle.conformance.WebSocketTranscript.echo;
import static dev.pintle.conformance.WebSocketTranscript.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Frames of permessage-deflate (RFC 7692), for each of its parameters. */
final class WebSocketCompressionCases {
    private static final String END = closed(1_000);
    private static final List<String> OFFERS = List.of(
            "permessage-deflate",
            "permessage-deflate; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover",
            "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
            "permessage-deflate; client_max_window_bits");

    private WebSocketCompressionCases() {}

    static Stream<WebSocketCase> all() {
        return OFFERS.stream().flatMap(offer -> plain().map(each -> each.compressed(offer)));
    }

    private static Stream<WebSocketCase> plain() {
        Stream<WebSocketCase> sizes = IntStream.of(0, 5, 126, 4_096, 65_536, 300_000)
                .mapToObj(size -> sample(size))
                .flatMap(sample -> Stream.of(
                        exchange(
                                sample.length() + " bytes of compressed text",
                                echo(sample) + END,
                                frame(FIN | RSV1 | TEXT, deflate(sample)),
                                GOODBYE),
                        exchange(
                                sample.length() + " compressed bytes",
                                message(BINARY, sample) + END,
                                frame(FIN | RSV1 | BINARY, deflate(sample)),
                                GOODBYE)));
        String packed = deflate("compressed in fragments");
        String rest = packed.substring(7);
        Stream<WebSocketCase> others = Stream.of(
                exchange("a text without compression", echo("plain") + END, text("plain"), GOODBYE),
                exchange(
                        "equal compressed texts",
                        echo("again and again").repeat(3) + END,
                        frame(FIN | RSV1 | TEXT, deflate("again and again")).repeat(3),
                        GOODBYE),
                exchange(
                        "a compressed text in fragments",
                        echo("compressed in fragments") + END,
                        frame(RSV1 | TEXT, packed.substring(0, 7)),
                        frame(FIN, rest),
                        GOODBYE),
                exchange(
                        "a continuation with RSV1",
                        closed(1_002),
                        frame(RSV1 | TEXT, packed.substring(0, 7)),
                        frame(FIN | RSV1, rest)),
                exchange("a ping with RSV1", closed(1_002), frame(FIN | RSV1 | PING, "")),
                exchange(
                        "bytes that are not compressed",
                        closed(1_007),
                        frame(FIN | RSV1 | TEXT, "\u00ff\u00ff\u00ff\u00ff")));
        return Stream.concat(sizes, others);
    }

    /** Returns text that compresses, but not to nothing. */
    private static String sample(int size) {
        StringBuilder sample = new StringBuilder(size + 20);
        for (int i = 0; sample.length() < size; i++) {
            sample.append(Integer.toHexString(i * 31)).append(' ');
        }
        return sample.substring(0, size);
    }

    /** Compresses one message, without the block that ends each message. */
    private static String deflate(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(text.getBytes(StandardCharsets.ISO_8859_1));
        byte[] packed = new byte[text.length() + 64];
        int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return new String(Arrays.copyOf(packed, Math.max(1, length - 4)), StandardCharsets.ISO_8859_1);
    }
}
