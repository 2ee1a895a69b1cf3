package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.content;
import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.interim;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.Expectation.targets;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.chunked;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.post;

import java.util.List;

/** Several requests on a connection, and requests with Expect. */
final class PipeliningCases {
    private static final String WAITING = post("Expect: 100-continue", "Content-Length: 5");

    static final List<ConformanceCase> CASES = List.of(
            ConformanceCase.of("three requests at once", "RFC 9112 9.3.2", get("/1") + get("/2") + get("/3"))
                    .expect(responds(200, 200, 200), targets("/1", "/2", "/3")),
            ConformanceCase.of(
                            "content before the next request",
                            "RFC 9112 9.3.2",
                            post("Content-Length: 5") + "hello" + get("/2"))
                    .expect(responds(200, 200), targets("/x", "/2"), content("hello")),
            ConformanceCase.of(
                            "chunks before the next request",
                            "RFC 9112 9.3.2",
                            chunked("5\r\nhello\r\n0\r\n\r\n") + get("/2"))
                    .expect(responds(200, 200), targets("/x", "/2"), content("hello")),
            ConformanceCase.of("an empty line between requests", "RFC 9112 2.2", get("/1") + "\r\n" + get("/2"))
                    .expect(responds(200, 200), targets("/1", "/2")),
            ConformanceCase.of("one request after the other", "RFC 9112 9.3", get("/1"), get("/2"))
                    .expect(targets("/1", "/2")),
            ConformanceCase.of(
                            "no request is read after Connection: close",
                            "RFC 9112 9.6",
                            get("/1", "Connection: close") + SMUGGLED)
                    .expect(responds(200), targets("/1")),
            ConformanceCase.of(
                            "Connection: close among others, in upper case",
                            "RFC 9110 7.6.1",
                            get("/1", "Connection: X-A, CLOSE") + SMUGGLED)
                    .expect(responds(200), targets("/1")),
            ConformanceCase.of(
                            "a bad request after a good one",
                            "RFC 9112 9.3.2",
                            get("/1") + get("/2", "Bad Name: 1") + SMUGGLED)
                    .expect(either(responds(200, 400), responds(200)), targets("/1")),
            ConformanceCase.of("a path that is rejected closes nothing", "RFC 9112 9.3", get("/x/../admin") + get("/2"))
                    .expect(responds(400, 200), targets("/2")),
            ConformanceCase.of(
                            "a response of the upstream with Connection: close", "RFC 9112 9.6", get("/1") + get("/2"))
                    .withReply(UpstreamReply.last(
                            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"))
                    .expect(responds(200, 200), targets("/1", "/2")),
            ConformanceCase.of("a client that waits for 100 Continue", "RFC 9110 10.1.1", WAITING, "hello")
                    .expect(interim(100), responds(200), content("hello")),
            ConformanceCase.of("a client that does not wait for 100 Continue", "RFC 9110 10.1.1", WAITING + "hello")
                    .expect(responds(200), content("hello"), Expectation.ONE_REQUEST),
            ConformanceCase.of(
                            "100-continue in upper case",
                            "RFC 9110 10.1.1",
                            post("Expect: 100-CONTINUE", "Content-Length: 5"),
                            "hello")
                    .expect(interim(100), responds(200), content("hello")),
            ConformanceCase.of(
                            "chunks after 100 Continue",
                            "RFC 9110 10.1.1",
                            chunked("", "Expect: 100-continue"),
                            "5\r\nhello\r\n0\r\n\r\n")
                    .expect(interim(100), responds(200), content("hello")),
            ConformanceCase.of("100-continue without content", "RFC 9110 10.1.1", get("/x", "Expect: 100-continue"))
                    .expect(interim(), responds(200), upstreamSees("Expect")),
            ConformanceCase.of(
                            "another expectation",
                            "RFC 9110 10.1.1",
                            post("Expect: a-miracle", "Content-Length: 5") + "hello")
                    .expect(either(responds(200), respondsWithOneOf(417))),
            ConformanceCase.of(
                            "bad framing with 100-continue",
                            "RFC 9112 6.3",
                            chunked("", "Expect: 100-continue", "Content-Length: 5") + "0\r\n\r\n" + SMUGGLED)
                    .expect(interim(), responds(400), Expectation.NOTHING_WHOLE),
            ConformanceCase.of(
                            "a bad chunk after 100 Continue",
                            "RFC 9112 7.1",
                            chunked("", "Expect: 100-continue"),
                            "zz\r\n" + SMUGGLED)
                    .expect(interim(100), responds(400), Expectation.NOTHING_WHOLE));

    private PipeliningCases() {}
}
