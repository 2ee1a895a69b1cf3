package dev.pintle.conformance;

import static dev.pintle.conformance.WebSocketCase.BINARY;
import static dev.pintle.conformance.WebSocketCase.CONTINUATION;
import static dev.pintle.conformance.WebSocketCase.FIN;
import static dev.pintle.conformance.WebSocketCase.GOODBYE;
import static dev.pintle.conformance.WebSocketCase.TEXT;
import static dev.pintle.conformance.WebSocketCase.exchange;
import static dev.pintle.conformance.WebSocketCase.frame;
import static dev.pintle.conformance.WebSocketCase.text;
import static dev.pintle.conformance.WebSocketTranscript.closed;
import static dev.pintle.conformance.WebSocketTranscript.echo;
import static dev.pintle.conformance.WebSocketTranscript.message;

import java.util.stream.Stream;

/** Valid and invalid UTF-8 in texts, whole and in fragments that cut characters. */
final class WebSocketTextCases {
    private static final int NO_UTF8 = 1_007;
    private static final String END = closed(1_000);

    private WebSocketTextCases() {}

    static Stream<WebSocketCase> all() {
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
}
