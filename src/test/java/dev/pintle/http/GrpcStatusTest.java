package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcStatusTest {
    @ParameterizedTest
    @CsvSource({
        "NO_ROUTE, 12",
        "UNSUPPORTED, 12",
        "UNAUTHENTICATED, 16",
        "TOKEN_EXPIRED, 16",
        "CREDENTIALS_INVALID, 16",
        "FORBIDDEN, 7",
        "RATE_LIMITED, 8",
        "BODY_TOO_LARGE, 8",
        "HEADERS_TOO_LARGE, 8",
        "UPSTREAM_TIMEOUT, 4",
        "CIRCUIT_OPEN, 14",
        "OVERLOADED, 14",
        "NO_HEALTHY_TARGET, 14",
        "UPSTREAM_UNREACHABLE, 14",
        "UPSTREAM_RESET, 14",
        "SHUTTING_DOWN, 14",
        "MAINTENANCE, 14",
        "CONFIGURATION_REJECTED, 14",
        "IDENTITY_UNAVAILABLE, 14",
        "BAD_REQUEST, 13",
        "REQUEST_TIMEOUT, 13",
        "URI_TOO_LONG, 13",
        "INTERNAL, 13",
        "CLIENT_GONE, 1",
    })
    void eachErrorCodeHasItsStatus(ErrorCode code, int number) {
        assertThat(GrpcStatus.of(code).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "16, UNAUTHENTICATED", "17, UNKNOWN", "'', UNKNOWN", "-1, UNKNOWN", "04, UNKNOWN"})
    void anUnknownNumberIsUnknown(String number, GrpcStatus status) {
        assertThat(Grpc.status(Headers.of("grpc-status", number))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "application/grpc, true",
        "application/grpc+proto, true",
        "application/GRPC;charset=x, true",
        "application/grpc-web, false",
        "application/grpc-web-text+proto, false",
        "application/json, false",
    })
    void grpcWebIsNotGrpc(String type, boolean grpc) {
        assertThat(Grpc.isContentType(type)).isEqualTo(grpc);
    }

    /** The table of gRPC's document "HTTP to gRPC Status Code Mapping". */
    @ParameterizedTest
    @CsvSource({
        "400, INTERNAL",
        "401, UNAUTHENTICATED",
        "403, PERMISSION_DENIED",
        "404, UNIMPLEMENTED",
        "429, UNAVAILABLE",
        "500, UNKNOWN",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "200, UNKNOWN",
    })
    void aResponseWithoutGrpcStatusHasTheStatusThatClientsDerive(int http, GrpcStatus status) {
        assertThat(GrpcStatus.ofHttp(http)).isEqualTo(status);
    }
}
