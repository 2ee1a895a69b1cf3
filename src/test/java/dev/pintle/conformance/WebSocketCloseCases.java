package dev.pintle.conformance;

import static dev.pintle.conformance.WebSocketCase.CLOSE;
import static dev.pintle.conformance.WebSocketCase.FIN;
import static dev.pintle.conformance.WebSocketCase.GOODBYE;
import static dev.pintle.conformance.WebSocketCase.PING;
import static dev.pintle.conformance.WebSocketCase.close;
import static dev.pintle.conformance.WebSocketCase.exchange;
import static dev.pintle.conformance.WebSocketCase.frame;
import static dev.pintle.conformance.WebSocketCase.text;
import static dev.pintle.conformance.WebSocketCase.utf8;
import static dev.pintle.conformance.WebSocketTranscript.closed;
import static dev.pintle.conformance.WebSocketTranscript.echo;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Close frames: their codes, reasons and shapes, and frames beside them. */
final class WebSocketCloseCases {
    private static final int PROTOCOL_ERROR = 1_002;
    private static final int NO_UTF8 = 1_007;
    private static final String END = closed(1_000);

    private WebSocketCloseCases() {}

    static Stream<WebSocketCase> all() {
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
