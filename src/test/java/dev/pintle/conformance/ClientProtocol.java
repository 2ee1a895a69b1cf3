package dev.pintle.conformance;

/** The client protocols, each with a different framing of responses. */
enum ClientProtocol {
    HTTP_1_0,
    HTTP_1_1,
    HTTP_1_1_CLOSE,
    HTTP_2;

    SequentialClient connect(int port) {
        return switch (this) {
            case HTTP_1_0 -> new Http1Client(port, "HTTP/1.0", "");
            case HTTP_1_1 -> new Http1Client(port, "HTTP/1.1", "");
            case HTTP_1_1_CLOSE -> new Http1Client(port, "HTTP/1.1", "Connection: close\r\n");
            case HTTP_2 -> new Http2Client(port);
        };
    }
}
