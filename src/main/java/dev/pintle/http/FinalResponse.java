package dev.pintle.http;

/**
 * A final response. Its head is complete; its body is read from the connection. The receiver closes the body.
 *
 * @param status the status code, 200 to 599
 */
public record FinalResponse(int status, Headers headers, Body body) implements GatewayResponse {
    @Override
    public FinalResponse withHeaders(Headers other) {
        return new FinalResponse(status, other, body);
    }

    public FinalResponse withBody(Body other) {
        return new FinalResponse(status, headers, other);
    }
}
