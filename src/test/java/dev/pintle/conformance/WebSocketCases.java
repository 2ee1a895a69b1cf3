package dev.pintle.conformance;

import static dev.pintle.conformance.WebSocketCase.BINARY;
import static dev.pintle.conformance.WebSocketCase.CLOSE;
import static dev.pintle.conformance.WebSocketCase.CONTINUATION;
import static dev.pintle.conformance.WebSocketCase.FIN;
import static dev.pintle.conformance.WebSocketCase.GOODBYE;
import static dev.pintle.conformance.WebSocketCase.PING;
import static dev.pintle.conformance.WebSocketCase.PONG;
import static dev.pintle.conformance.WebSocketCase.TEXT;
import static dev.pintle.conformance.WebSocketCase.close;
import static dev.pintle.conformance.WebSocketCase.exchange;
import static dev.pintle.conformance.WebSocketCase.frame;
import static dev.pintle.conformance.WebSocketCase.text;
import static dev.pintle.conformance.WebSocketCase.utf8;
import static dev.pintle.conformance.WebSocketTranscript.closed;
import static dev.pintle.conformance.WebSocketTranscript.echo;
import static dev.pintle.conformance.WebSocketTranscript.message;
import static dev.pintle.conformance.WebSocketTranscript.pong;

import dev.pintle.testing.WebSocketEcho;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Frames without extensions: sizes, control frames, reserved bits and opcodes, fragments, UTF-8 and closes. */
final class WebSocketCases {
    private static final int PROTOCOL_ERROR = 1_002;
    private static final int NO_UTF8 = 1_007;
    private static final int TOO_BIG = 1_009;
    private static final String END = closed(1_000);

    private WebSocketCases() {}

    static Stream<WebSocketCase> all() {
        return Stream.of(sizes(), control(), reservedBits(), reservedOpcodes(), fragments(), utf8Texts(), closes())
                .flatMap(stream -> stream);
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

    private static Stream<WebSocketCase> fragments() {
        String two = frame(TEXT, "one ") + frame(FIN | CONTINUATION, "two");
        String ping = frame(FIN | PING, "p");
        return Stream.of(
                exchange("two fragments", echo("one two") + END, two, GOODBYE),
                exchange("two fragments", echo("one two") + END, two, GOODBYE).inPieces(1),
                exchange("empty fragments", echo("") + END, frame(TEXT, ""), frame(0, ""), frame(FIN, ""), GOODBYE),
                exchange(
                        "an empty fragment in the middle",
                        echo("ab") + END,
                        frame(TEXT, "a"),
                        frame(0, ""),
                        frame(FIN, "b"),
                        GOODBYE),
                exchange(
                        "fragments of bytes",
                        message(BINARY, "ab") + END,
                        frame(BINARY, "a"),
                        frame(FIN, "b"),
                        GOODBYE),
                exchange(
                        "a ping between fragments",
                        pong("p") + echo("ab") + END,
                        frame(TEXT, "a"),
                        ping,
                        frame(FIN, "b"),
                        GOODBYE),
                exchange(
                        "a pong between fragments",
                        echo("ab") + END,
                        frame(TEXT, "a"),
                        frame(FIN | PONG, ""),
                        frame(FIN, "b"),
                        GOODBYE),
                exchange(
                        "pings between many fragments",
                        pong("p").repeat(50) + echo("x".repeat(51)) + END,
                        frame(TEXT, "x"),
                        (ping + frame(0, "x")).repeat(49),
                        ping,
                        frame(FIN, "x"),
                        GOODBYE),
                exchange(
                        "a thousand fragments",
                        echo("y".repeat(1_000)) + END,
                        frame(TEXT, "y"),
                        frame(0, "y").repeat(998),
                        frame(FIN, "y"),
                        GOODBYE),
                exchange(
                        "fragments of 64 KiB",
                        echo("z".repeat(200_000)) + END,
                        frame(TEXT, "z".repeat(65_536)),
                        frame(0, "z".repeat(65_536)),
                        frame(FIN, "z".repeat(68_928)),
                        GOODBYE),
                exchange("a last continuation without a start", closed(PROTOCOL_ERROR), frame(FIN, "a"), text("b")),
                exchange("a continuation without a start", closed(PROTOCOL_ERROR), frame(0, "a"), text("b")),
                exchange("a continuation after a text", echo("a") + closed(PROTOCOL_ERROR), text("a"), frame(FIN, "b")),
                exchange(
                        "a continuation after fragments",
                        echo("one two") + closed(PROTOCOL_ERROR),
                        two,
                        frame(FIN, "b")),
                exchange("a text inside a fragmented text", closed(PROTOCOL_ERROR), frame(TEXT, "a"), text("b")),
                exchange(
                        "bytes inside a fragmented text",
                        closed(PROTOCOL_ERROR),
                        frame(TEXT, "a"),
                        frame(FIN | BINARY, "b")),
                exchange("a close between fragments", END, frame(TEXT, "a"), GOODBYE),
                exchange("two messages of fragments", echo("one two").repeat(2) + END, two, two, GOODBYE));
    }

    private static Stream<WebSocketCase> utf8Texts() {
        Stream<WebSocketCase> valid = Stream.of(
                        "Hello-µ@ßöäüàá-UTF-8!!",
                        "κόσμε",
                        "\u0000",
                        "\u007f",
                        "\u0080",
                        "\u07ff",
                        "\u0800",
                        "\ud7ff",
                        "\ue000",
                        "\uffff",
                        "\ufffd",
                        "\ud800\udc00",
                        "\udbff\udfff",
                        "\ufeff",
                        "日本語",
                        "🙂🙃")
                .map(WebSocketCase::utf8)
                .flatMap(text -> Stream.of(
                        exchange("UTF-8 " + hex(text), echo(text) + END, text(text), GOODBYE),
                        exchange(
                                "UTF-8 " + hex(text) + " in fragments of a byte",
                                echo(text) + END,
                                fragmented(text),
                                GOODBYE)));
        Stream<WebSocketCase> invalid = Stream.of(
                        "\u0080",
                        "\u00bf",
                        "\u0080\u00bf",
                        "\u00c0\u0080",
                        "\u00c1\u00bf",
                        "\u00c3",
                        "\u00c3(",
                        "\u00e0\u0080\u0080",
                        "\u00e0\u009f\u00bf",
                        "\u00e2\u0082",
                        "\u00ed\u00a0\u0080",
                        "\u00ed\u00bf\u00bf",
                        "\u00f0\u0080\u0080\u0080",
                        "\u00f0\u009f\u0099",
                        "\u00f4\u0090\u0080\u0080",
                        "\u00f5\u0080\u0080\u0080",
                        "\u00f8\u0088\u0080\u0080\u0080",
                        "\u00fe",
                        "\u00ff",
                        "\u00ce\u00ba\u00ff")
                .flatMap(text -> Stream.of(
                        exchange("invalid UTF-8 " + hex(text), closed(NO_UTF8), text(text)),
                        exchange(
                                "invalid UTF-8 " + hex(text) + " in fragments of a byte",
                                closed(NO_UTF8),
                                fragmented(text)),
                        exchange(
                                "bytes " + hex(text),
                                message(BINARY, text) + END,
                                frame(FIN | BINARY, text),
                                GOODBYE)));
        return Stream.concat(valid, invalid);
    }

    private static String fragmented(String text) {
        StringBuilder frames = new StringBuilder(frame(TEXT, ""));
        for (int i = 0; i < text.length(); i++) {
            frames.append(frame(CONTINUATION, text.substring(i, i + 1)));
        }
        return frames.append(frame(FIN, "")).toString();
    }

    private static String hex(String bytes) {
        StringBuilder hex = new StringBuilder();
        bytes.chars().forEach(each -> hex.append("%02x".formatted(each)));
        return hex.toString();
    }

    private static Stream<WebSocketCase> closes() {
        Stream<WebSocketCase> valid = IntStream.of(
                        1_000, 1_001, 1_002, 1_003, 1_007, 1_008, 1_009, 1_010, 1_011, 1_012, 1_013, 1_014, 3_000,
                        3_999, 4_000, 4_999)
                .mapToObj(code -> exchange("close " + code, closed(code), close(code, "why")));
        Stream<WebSocketCase> invalid = IntStream.of(
                        0, 999, 1_004, 1_005, 1_006, 1_015, 1_016, 1_100, 2_000, 2_999, 5_000, 65_535)
                .mapToObj(code -> exchange("close " + code, closed(PROTOCOL_ERROR), close(code, "why")));
        Stream<WebSocketCase> shapes = Stream.of(
                exchange("a close without a code", closed(1_005), frame(FIN | CLOSE, "")),
                exchange("a close of one byte", closed(PROTOCOL_ERROR), frame(FIN | CLOSE, "\3")),
                exchange("a close with a long reason", END, close(1_000, "r".repeat(123))),
                exchange(
                        "a close with a reason that is too long",
                        closed(PROTOCOL_ERROR),
                        close(1_000, "r".repeat(124))),
                exchange("a close with a reason in UTF-8", END, close(1_000, utf8("日本語"))),
                exchange("a close with invalid UTF-8", closed(NO_UTF8), close(1_000, "\u00ce\u00ba\u00ed\u00a0\u0080")),
                exchange("a close byte by byte", closed(4_000), close(4_000, "why"))
                        .inPieces(1),
                exchange("a close and a close", END, GOODBYE, close(4_000, "")),
                exchange("a close and a ping", END, GOODBYE, frame(FIN | PING, "late")),
                exchange("a close and a text", END, GOODBYE, text("late")),
                exchange("a fragmented close", closed(PROTOCOL_ERROR), frame(CLOSE, "\3\u00e8"), frame(FIN, "")),
                exchange(
                        "a large text and a close",
                        echo("*".repeat(100_000)) + END,
                        text("*".repeat(100_000)),
                        GOODBYE),
                exchange(
                        "a hundred texts and a close",
                        echo("t").repeat(100) + END,
                        text("t").repeat(100),
                        GOODBYE));
        return Stream.of(valid, invalid, shapes).flatMap(stream -> stream);
    }
}
