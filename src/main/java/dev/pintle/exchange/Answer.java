package dev.pintle.exchange;

/**
 * A final response: its head is known, its body flows when it is read. Whoever takes an answer closes its body.
 *
 * @param status the status code, 200 to 599
 */
public record Answer(int status, Headers headers, Body body) implements GatewayResponse {
    public Answer withHeaders(Headers other) {
        return new Answer(status, other, body);
    }

    public Answer withBody(Body other) {
        return new Answer(status, headers, other);
    }
}
