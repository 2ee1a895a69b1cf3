package dev.pintle.upstream.health;

import dev.pintle.http.Body;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Grpc;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.Headers;
import dev.pintle.upstream.target.AttemptOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One call of the health service of gRPC ({@code grpc.health.v1}). Its two messages have one field each, so that no
 * library is needed to encode them.
 */
final class GrpcHealth {
    private static final String PATH = "/grpc.health.v1.Health/Check";
    private static final Headers HEADERS =
            Headers.of("User-Agent", "pintle-health-check", "Content-Type", "application/grpc", "TE", "trailers");

    /** The flag and the length before each message. */
    private static final int PREFIX = 5;

    /** Field 1 as text. */
    private static final byte SERVICE = 0x0a;

    /** Field 1 as a number. */
    private static final byte STATUS = 0x08;

    private static final byte SERVING = 1;

    private GrpcHealth() {}

    static GatewayRequest request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        int length = name.length == 0 ? 0 : varint(name.length).length + 1 + name.length;
        ByteBuffer message = ByteBuffer.allocate(PREFIX + length).put((byte) 0).putInt(length);
        if (length > 0) {
            message.put(SERVICE).put(varint(name.length)).put(name);
        }
        return new GatewayRequest("POST", "http", "", PATH, null, HEADERS, Body.of(message.array()));
    }

    /** The name has up to 200 bytes. */
    private static byte[] varint(int number) {
        return number < 0x80 ? new byte[] {(byte) number} : new byte[] {(byte) (number | 0x80), (byte) (number >> 7)};
    }

    /** Reads the response to its end. */
    static AttemptOutcome outcome(FinalResponse response) throws IOException {
        InputStream content = response.body().stream();
        byte[] message = content.readNBytes(PREFIX + 2);
        content.transferTo(OutputStream.nullOutputStream());
        GrpcStatus status = Grpc.status(response.headers());
        if (status == null) {
            status = Grpc.status(response.body().trailers());
        }
        if (response.status() != 200 || status == null) {
            return AttemptOutcome.failed("answered " + response.status() + " without grpc-status");
        }
        if (status != GrpcStatus.OK) {
            return AttemptOutcome.failed("answered grpc-status " + status.number());
        }
        boolean serving = message.length == PREFIX + 2 && message[PREFIX] == STATUS && message[PREFIX + 1] == SERVING;
        return serving ? AttemptOutcome.SUCCESS : AttemptOutcome.failed("is not SERVING");
    }
}
