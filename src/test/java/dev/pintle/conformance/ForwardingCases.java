package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.Expectation.clientSeesOne;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.ok;
import static dev.pintle.conformance.RawMessages.request;

import java.util.List;

/** Headers that a gateway adds or updates: Via, forwarding headers, trace headers and Max-Forwards. */
final class ForwardingCases {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String PARENT = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333";

    static final List<ConformanceCase> CASES = List.of(
            ConformanceCase.passed(
                    "Via towards the upstream", "RFC 9110 7.6.3", get("/x"), upstreamSees("Via", "1.1 pintle")),
            ConformanceCase.passed(
                    "Via after that of another proxy",
                    "RFC 9110 7.6.3",
                    get("/x", "Via: 1.0 fred"),
                    upstreamSees("Via", "1.0 fred", "1.1 pintle")),
            ConformanceCase.passed(
                    "Via towards the client", "RFC 9110 7.6.3", get("/x"), clientSees("Via", "1.1 pintle")),
            ConformanceCase.passed(
                            "Via after that of the upstream",
                            "RFC 9110 7.6.3",
                            get("/x"),
                            clientSees("Via", "1.1 varnish", "1.1 pintle"))
                    .withReply(UpstreamReply.of(ok("", "Via: 1.1 varnish", "Content-Length: 0"))),
            ConformanceCase.of(
                            "OPTIONS with Max-Forwards: 0", "RFC 9110 7.6.2", request("OPTIONS /x", "Max-Forwards: 0"))
                    .expect(respondsWithOneOf(200, 204), Expectation.NOTHING_WHOLE),
            ConformanceCase.of("TRACE with Max-Forwards: 0", "RFC 9110 7.6.2", request("TRACE /x", "Max-Forwards: 0"))
                    .expect(respondsWithOneOf(200, 405, 501), Expectation.NOTHING_WHOLE),
            ConformanceCase.passed(
                    "OPTIONS with Max-Forwards: 1",
                    "RFC 9110 7.6.2",
                    request("OPTIONS /x", "Max-Forwards: 1"),
                    upstreamSees("Max-Forwards", "0")),
            ConformanceCase.passed(
                    "TRACE with Max-Forwards: 10",
                    "RFC 9110 7.6.2",
                    request("TRACE /x", "Max-Forwards: 10"),
                    upstreamSees("Max-Forwards", "9")),
            ConformanceCase.passed(
                    "Max-Forwards of GET",
                    "RFC 9110 7.6.2",
                    get("/x", "Max-Forwards: 0"),
                    upstreamSees("Max-Forwards", "0")),
            ConformanceCase.of(
                            "Max-Forwards that is not a number",
                            "RFC 9110 7.6.2",
                            request("OPTIONS /x", "Max-Forwards: -1"))
                    .expect(responds(400), Expectation.NOTHING_WHOLE),
            ConformanceCase.passed("TRACE", "RFC 9110 9.3.8", request("TRACE /x"), line("TRACE /x HTTP/1.1")),
            ConformanceCase.passed("OPTIONS", "RFC 9110 9.3.7", request("OPTIONS /x"), line("OPTIONS /x HTTP/1.1")),
            ConformanceCase.passed(
                    "the client's address",
                    "RFC 7239 5.2",
                    get("/x"),
                    upstreamSees("X-Forwarded-For", "127.0.0.1"),
                    upstreamSees("Forwarded", "for=127.0.0.1;host=\"h\";proto=http")),
            ConformanceCase.passed(
                    "an address that the client forged",
                    "RFC 7239 8.1",
                    get("/x", "X-Forwarded-For: 6.6.6.6"),
                    upstreamSees("X-Forwarded-For", "127.0.0.1")),
            ConformanceCase.passed(
                    "Forwarded that the client forged",
                    "RFC 7239 8.1",
                    get("/x", "Forwarded: for=6.6.6.6"),
                    upstreamSees("Forwarded", "for=127.0.0.1;host=\"h\";proto=http")),
            ConformanceCase.passed(
                    "other proxy headers that the client forged",
                    "RFC 7239 8.1",
                    get("/x", "X-Real-IP: 6.6.6.6", "X-Forwarded-Server: evil", "X-Forwarded-Proto: https"),
                    upstreamSees("X-Real-IP"),
                    upstreamSees("X-Forwarded-Server"),
                    upstreamSees("X-Forwarded-Proto", "http")),
            ConformanceCase.passed(
                    "an id of the client",
                    "W3C Trace Context 3.2",
                    get("/x", "X-Trace-ID: " + ID),
                    upstreamSees("X-Trace-ID", ID),
                    clientSees("X-Trace-ID", ID)),
            ConformanceCase.passed(
                    "two ids of the client",
                    "W3C Trace Context 3.2",
                    get("/x", "X-Trace-ID: " + ID, "X-Trace-ID: evil"),
                    upstreamSees("X-Trace-ID", ID),
                    clientSees("X-Trace-ID", ID)),
            ConformanceCase.passed(
                    "two traceparent headers, which are both ignored",
                    "W3C Trace Context 3.2.1",
                    get("/x", "X-Trace-ID: " + ID, PARENT + "1-01", PARENT + "2-01", "tracestate: a=b"),
                    upstreamSees("X-Trace-ID", ID),
                    upstreamSees("tracestate")),
            ConformanceCase.passed(
                            "an id of the upstream",
                            "RFC 9110 5.3",
                            get("/x", "X-Trace-ID: " + ID),
                            clientSees("X-Trace-ID", ID))
                    .withReply(UpstreamReply.of(ok("", "X-Trace-ID: other", "Content-Length: 0"))),
            ConformanceCase.passed(
                            "the upstream's Date",
                            "RFC 9110 6.6.1",
                            get("/x"),
                            clientSees("Date", "Mon, 01 Jan 2024 00:00:00 GMT"))
                    .withReply(UpstreamReply.of(ok("", "Date: Mon, 01 Jan 2024 00:00:00 GMT", "Content-Length: 0"))),
            ConformanceCase.passed("an upstream without Date", "RFC 9110 6.6.1", get("/x"), clientSeesOne("Date")),
            ConformanceCase.passed("an upstream without Server", "RFC 9110 10.2.4", get("/x"), clientSees("Server")),
            ConformanceCase.passed("the upstream's Server", "RFC 9110 10.2.4", get("/x"), clientSees("Server", "x/1"))
                    .withReply(UpstreamReply.of(ok("", "Server: x/1", "Content-Length: 0"))));

    private ForwardingCases() {}
}
