package dev.pintle.conformance;

import static dev.pintle.conformance.WebSocketCase.BINARY;
import static dev.pintle.conformance.WebSocketCase.CONTINUATION;
import static dev.pintle.conformance.WebSocketCase.FIN;
import static dev.pintle.conformance.WebSocketCase.GOODBYE;
import static dev.pintle.conformance.WebSocketCase.PING;
import static dev.pintle.conformance.WebSocketCase.PONG;
import static dev.pintle.conformance.WebSocketCase.TEXT;
import static dev.pintle.conformance.WebSocketCase.exchange;
import static dev.pintle.conformance.WebSocketCase.frame;
import static dev.pintle.conformance.WebSocketCase.text;
import static dev.pintle.conformance.WebSocketTranscript.closed;
import static dev.pintle.conformance.WebSocketTranscript.echo;
import static dev.pintle.conformance.WebSocketTranscript.message;
import static dev.pintle.conformance.WebSocketTranscript.pong;

import dev.pintle.testing.WebSocketEcho;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Single frames without extensions: sizes, control frames, and the reserved bits and opcodes. */
final class WebSocketFrameCases {
    private static final int PROTOCOL_ERROR = 1_002;
    private static final int TOO_BIG = 1_009;
    private static final String END = closed(1_000);

    private WebSocketFrameCases() {}

    static Stream<WebSocketCase> all() {
        return Stream.of(sizes(), control(), reservedBits(), reservedOpcodes()).flatMap(cases -> cases);
    }

    private static Stream<WebSocketCase> sizes() {
        List<WebSocketCase> cases = new ArrayList<>();
        for (int opcode : new int[] {TEXT, BINARY}) {
            for (int size : new int[] {0, 1, 125, 126, 127, 128, 4_096, 65_535, 65_536, 200_000}) {
                String payload = "*".repeat(size);
                WebSocketCase whole = exchange(
                        "opcode " + opcode + " with " + size + " bytes",
                        message(opcode, payload) + END,
                        frame(FIN | opcode, payload),
                        GOODBYE);
                cases.add(whole);
                cases.add(whole.inPieces(size < 1_000 ? 1 : 997));
            }
            cases.add(exchange(
                    "opcode " + opcode + " beyond the maximum of the server",
                    closed(TOO_BIG),
                    frame(FIN | opcode, "*".repeat(WebSocketEcho.MAX_MESSAGE + 1))));
        }
        cases.add(exchange(
                "a length of 16 bits for 5 bytes",
                echo("hello") + END,
                frame(FIN | TEXT, "\u00fe\0\5", "hello"),
                GOODBYE));
        cases.add(exchange(
                "a length of 64 bits for 5 bytes",
                echo("hello") + END,
                frame(FIN | TEXT, "\u00ff\0\0\0\0\0\0\0\5", "hello"),
                GOODBYE));
        cases.add(exchange("a negative length", closed(TOO_BIG), frame(FIN | TEXT, "\u00ff\u0080\0\0\0\0\0\0\5", "x")));
        cases.add(exchange("a frame without a mask", closed(PROTOCOL_ERROR), "\u0081\5hello"));
        return cases.stream();
    }

    private static Stream<WebSocketCase> control() {
        String large = "p".repeat(125);
        String ten =
                IntStream.range(0, 10).mapToObj(i -> frame(FIN | PING, "" + i)).reduce("", String::concat);
        String pongs = IntStream.range(0, 10).mapToObj(i -> pong("" + i)).reduce("", String::concat);
        return Stream.of(
                exchange("an empty ping", pong("") + END, frame(FIN | PING, ""), GOODBYE),
                exchange("a ping with text", pong("hello") + END, frame(FIN | PING, "hello"), GOODBYE),
                exchange(
                        "a ping with bytes",
                        pong("\0\u00ff\u00fe") + END,
                        frame(FIN | PING, "\0\u00ff\u00fe"),
                        GOODBYE),
                exchange("a ping of 125 bytes", pong(large) + END, frame(FIN | PING, large), GOODBYE),
                exchange("a ping of 125 bytes", pong(large) + END, frame(FIN | PING, large), GOODBYE)
                        .inPieces(1),
                exchange("a ping of 126 bytes", closed(PROTOCOL_ERROR), frame(FIN | PING, large + "p")),
                exchange("ten pings", pongs + END, ten, GOODBYE),
                exchange("ten pings", pongs + END, ten, GOODBYE).inPieces(3),
                exchange("an unsolicited pong", END, frame(FIN | PONG, ""), GOODBYE),
                exchange(
                        "an unsolicited pong and a ping",
                        pong("b") + END,
                        frame(FIN | PONG, "a"),
                        frame(FIN | PING, "b"),
                        GOODBYE),
                exchange("a fragmented ping", closed(PROTOCOL_ERROR), frame(PING, "a"), frame(FIN | CONTINUATION, "b")),
                exchange(
                        "a fragmented pong", closed(PROTOCOL_ERROR), frame(PONG, "a"), frame(FIN | CONTINUATION, "b")));
    }

    private static Stream<WebSocketCase> reservedBits() {
        return IntStream.rangeClosed(1, 7).boxed().flatMap(bits -> {
            int flags = FIN | bits << 4;
            return Stream.of(
                    exchange("reserved bits " + bits + " of a text", closed(PROTOCOL_ERROR), frame(flags | TEXT, "a")),
                    exchange("reserved bits " + bits + " of bytes", closed(PROTOCOL_ERROR), frame(flags | BINARY, "a")),
                    exchange("reserved bits " + bits + " of a ping", closed(PROTOCOL_ERROR), frame(flags | PING, "")),
                    exchange(
                            "reserved bits " + bits + " after a text",
                            echo("a") + closed(PROTOCOL_ERROR),
                            text("a"),
                            frame(flags | TEXT, "b"),
                            frame(FIN | PING, "")));
        });
    }

    private static Stream<WebSocketCase> reservedOpcodes() {
        return IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .boxed()
                .flatMap(opcode -> Stream.of(
                        exchange("opcode " + opcode, closed(PROTOCOL_ERROR), frame(FIN | opcode, "")),
                        exchange(
                                "opcode " + opcode + " after a text",
                                echo("a") + closed(PROTOCOL_ERROR),
                                text("a"),
                                frame(FIN | opcode, "b"),
                                frame(FIN | PING, ""))));
    }
}
