package dev.pintle.upstream.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.upstream.http1.UpstreamErrorTranslator.Phase;
import dev.pintle.upstream.http1.UpstreamErrorTranslator.Progress;
import dev.pintle.upstream.target.Target;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures that a test machine cannot provoke over its sockets. */
class UpstreamErrorTranslatorTest {
    private static final Target TARGET = Target.of("https://10.0.0.7:5001", 1);

    @ParameterizedTest
    @MethodSource
    void aFailedConnectHasItsWord(Exception thrown, boolean expired, ProxyStatusError error) {
        ExchangeException failure =
                UpstreamErrorTranslator.failure(thrown, new Progress(Phase.CONNECTING, expired, false), TARGET);
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
        assertThat(failure.proxyError()).isEqualTo(error);
        assertThat(failure.sentence()).startsWith("no connection to https://10.0.0.7:5001: ");
    }

    static Stream<Arguments> aFailedConnectHasItsWord() {
        SSLHandshakeException expired = new SSLHandshakeException("PKIX path validation failed");
        expired.initCause(new CertificateExpiredException("NotAfter: yesterday"));
        return Stream.of(
                Arguments.of(new UnknownHostException("upstream.test"), false, ProxyStatusError.DNS_ERROR),
                Arguments.of(
                        new SocketTimeoutException("Connect timed out"), false, ProxyStatusError.CONNECTION_TIMEOUT),
                Arguments.of(new ConnectException("Connection timed out"), false, ProxyStatusError.CONNECTION_TIMEOUT),
                Arguments.of(new SocketException("Closed by interrupt"), true, ProxyStatusError.CONNECTION_TIMEOUT),
                Arguments.of(new NoRouteToHostException("No route"), false, ProxyStatusError.DESTINATION_IP_UNROUTABLE),
                Arguments.of(
                        new ConnectException("Network is unreachable"),
                        false,
                        ProxyStatusError.DESTINATION_IP_UNROUTABLE),
                Arguments.of(new ConnectException("Connection refused"), false, ProxyStatusError.CONNECTION_REFUSED),
                Arguments.of(expired, false, ProxyStatusError.TLS_CERTIFICATE_ERROR),
                Arguments.of(
                        new SSLHandshakeException("Received fatal alert: handshake_failure"),
                        false,
                        ProxyStatusError.TLS_ALERT_RECEIVED),
                Arguments.of(
                        new SSLHandshakeException("no cipher suites in common"),
                        false,
                        ProxyStatusError.TLS_PROTOCOL_ERROR));
    }

    @ParameterizedTest
    @MethodSource
    void anExpiredPhaseHasItsWord(Phase phase, ProxyStatusError error) {
        ExchangeException failure = UpstreamErrorTranslator.failure(
                new SocketException("Socket closed"), new Progress(phase, true, true), TARGET);
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.proxyError()).isEqualTo(error);
    }

    static Stream<Arguments> anExpiredPhaseHasItsWord() {
        return Stream.of(
                Arguments.of(Phase.SENDING, ProxyStatusError.CONNECTION_WRITE_TIMEOUT),
                Arguments.of(Phase.WAITING, ProxyStatusError.HTTP_RESPONSE_TIMEOUT),
                Arguments.of(Phase.RECEIVING, ProxyStatusError.CONNECTION_READ_TIMEOUT));
    }
}
