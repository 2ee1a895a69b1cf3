package dev.pintle.http;

/**
 * A final response: its head is known, its body flows when it is read. Whoever takes an answer closes its body.
 *
 * @param status the status code, 200 to 599
 */
public record FinalResponse(int status, Headers headers, Body body) implements GatewayResponse {
    public FinalResponse withHeaders(Headers other) {
        return new FinalResponse(status, other, body);
    }

    public FinalResponse withBody(Body other) {
        return new FinalResponse(status, headers, other);
    }
}
