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

import java.util.stream.Stream;

/** Messages in several frames, and control frames between them. */
final class WebSocketFragmentCases {
    private static final int PROTOCOL_ERROR = 1_002;
    private static final String END = closed(1_000);

    private WebSocketFragmentCases() {}

    static Stream<WebSocketCase> all() {
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
}
