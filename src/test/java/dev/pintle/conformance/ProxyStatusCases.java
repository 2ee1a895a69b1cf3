package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.proxyError;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.head;
import static dev.pintle.conformance.RawMessages.ok;

import java.util.List;

/** The cause in {@code Proxy-Status} of responses that the gateway generates. */
final class ProxyStatusCases {
    private static final String SECTION = "RFC 9209 2.3";

    static final List<ConformanceCase> CASES = List.of(
            upstream("no response", "", "connection_terminated"),
            upstream("the end in the status line", "HTTP/1.1 20", "http_response_incomplete"),
            upstream("the end after the status line", "HTTP/1.1 200 OK\r\n", "http_response_incomplete"),
            upstream("the end in a header", "HTTP/1.1 200 OK\r\nX-A: ", "http_response_incomplete"),
            upstream("the end in the empty line", "HTTP/1.1 200 OK\r\nX-A: b\r\n\r", "http_response_incomplete"),
            upstream("an invalid status", "HTTP/1.1 2x0 OK\r\n\r\n", "http_protocol_error"),
            upstream("an invalid version", "HTTP/3.0 200 OK\r\n\r\n", "http_protocol_error"),
            upstream("an empty line", "\r\n\r\n", "http_protocol_error"),
            upstream(
                    "lengths that differ",
                    ok("hello", "Content-Length: 5", "Content-Length: 6"),
                    "http_protocol_error"),
            upstream("a header without a colon", ok("", "X-A", "Content-Length: 0"), "http_protocol_error"),
            upstream(
                    "a head above the limit",
                    ok("", "X-A: " + "v".repeat(70_000), "Content-Length: 0"),
                    "http_response_header_section_size"),
            upstream(
                    "more headers than the limit",
                    ok("", "a: v\r\n".repeat(1_100) + "Content-Length: 0"),
                    "http_response_header_section_size"),
            upstream("an unknown coding", ok("hello", "Transfer-Encoding: cow"), "http_response_transfer_coding"),
            upstream(
                    "an unknown coding beside a length",
                    ok("hello", "Transfer-Encoding: cow", "Content-Length: 5"),
                    "http_protocol_error"),
            client("a malformed head", 400, get("/x", "X A: 1"), "http_request_error"),
            client("a malformed version", 400, head("GET /x HTTP/1", "Host: h"), "http_request_error"),
            client("an unsupported version", 505, head("GET /x HTTP/2.0", "Host: h"), "http_request_error"),
            client("a target above the limit", 414, get("/" + "x".repeat(33_000)), "http_request_error"),
            client(
                    "a request head above the limit",
                    431,
                    get("/x", "X-A: " + "v".repeat(33_000)),
                    "http_request_error"),
            client("an ambiguous path", 400, get("/x/../admin", "Connection: close"), "http_request_error"));

    private ProxyStatusCases() {}

    private static ConformanceCase upstream(String name, String reply, String error) {
        return ConformanceCase.rejectedReply("Proxy-Status: " + name, SECTION, reply)
                .expect(proxyError(error));
    }

    private static ConformanceCase client(String name, int status, String sent, String error) {
        return ConformanceCase.of("Proxy-Status: " + name, SECTION, sent + SMUGGLED)
                .expect(Expectation.responds(status), Expectation.NOTHING_WHOLE, proxyError(error));
    }
}
