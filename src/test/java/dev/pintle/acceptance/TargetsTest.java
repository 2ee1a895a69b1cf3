package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While one target is healthy, clients do not notice the failures of others. */
class TargetsTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final HealthCheckSettings CHECK =
            new HealthCheckSettings("/healthz", Duration.ofMillis(20), Duration.ofSeconds(1), 2, 2);

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void oneUnreachableTargetOfThreeCausesNoFailure() throws Exception {
        TestRoute route = fixture.route(well(), fixture.dead(), well());
        assertThat(sendConcurrently(route, 500)).containsOnly(200);
    }

    @Test
    void twoUnreachableTargetsOfThreeCauseNoFailure() throws Exception {
        TestRoute route = fixture.route(fixture.dead(), fixture.dead(), well());
        assertThat(sendConcurrently(route, 500)).containsOnly(200);
    }

    @Test
    void threeUnreachableTargetsAreReported() {
        TestRoute route = fixture.route(fixture.dead(), fixture.dead());
        ExchangeException failure =
                catchThrowableOfType(ExchangeException.class, () -> route.handle(Exchanges.get("/users")));
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void aRetryUsesAnotherTarget() {
        RawUpstream one = fixture.upstream(RawUpstream.answers(503, "busy"));
        RawUpstream two = fixture.upstream(RawUpstream.answers(503, "busy"));
        RawUpstream three = fixture.upstream(RawUpstream.answers(503, "busy"));
        TestRoute route = fixture.route(one, two, three);
        for (int i = 0; i < 10; i++) {
            assertThat(send(route)).isEqualTo(503);
        }
        assertThat(List.of(one, two, three))
                .allSatisfy(target -> assertThat(target.requests()).hasSize(10));
    }

    @Test
    void anEjectedTargetGetsNoRequests() {
        RawUpstream broken = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route =
                fixture.route(ticker, broken, well()).outlierDetection(new OutlierDetectionSettings(3, A_WHILE, 50));
        List<Integer> statuses = send(route, 100);
        assertThat(statuses).filteredOn(status -> status == 500).hasSize(3);
        assertThat(route.scrape()).contains(healthy(broken, 0));
    }

    @Test
    void anEjectedTargetReturnsSlowly() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        RawUpstream flapping = fixture.upstream(connection -> {
            while (connection.request() != null) {
                connection.answer(isBroken.get() ? 500 : 200, "ok");
            }
        });
        TestRoute route =
                fixture.route(ticker, flapping, well()).outlierDetection(new OutlierDetectionSettings(1, A_WHILE, 50));
        send(route, 10);
        isBroken.set(false);
        ticker.advance(A_WHILE.plusSeconds(6));
        int before = flapping.requests().size();
        send(route, 120);
        assertThat(flapping.requests().size() - before).isBetween(18, 22);
        ticker.advance(A_WHILE);
        before = flapping.requests().size();
        send(route, 120);
        assertThat(flapping.requests().size() - before).isBetween(59, 61);
        assertThat(route.scrape()).contains(healthy(flapping, 1));
    }

    @Test
    void theNumberOfEjectedTargetsIsLimited() {
        RawUpstream one = fixture.upstream(RawUpstream.answers(500, "broken"));
        RawUpstream other = fixture.upstream(RawUpstream.answers(500, "broken"));
        RawUpstream third = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route =
                fixture.route(ticker, one, other, third).outlierDetection(new OutlierDetectionSettings(1, A_WHILE, 67));
        send(route, 100);
        String metrics = route.scrape();
        assertThat(List.of(one, other, third))
                .filteredOn(target -> metrics.contains(healthy(target, 0)))
                .hasSize(2);
    }

    @Test
    void ejectedTargetsServeWhenNoOtherTargetIsLeft() {
        RawUpstream broken = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = fixture.route(ticker, broken).outlierDetection(new OutlierDetectionSettings(1, A_WHILE, 100));
        assertThat(send(route, 20)).containsOnly(500);
        assertThat(broken.requests()).hasSize(20);
    }

    @Test
    void aTargetThatFailsItsHealthChecksGetsNoRequestsUntilItPassesThem() {
        AtomicBoolean isWell = new AtomicBoolean(false);
        RawUpstream sick = checked(isWell);
        RawUpstream well = checked(new AtomicBoolean(true));
        TestRoute route = fixture.route(sick, well).healthCheck(CHECK);
        awaitScrape(route, healthy(sick, 0));
        send(route, 50);
        assertThat(well.requests()).filteredOn(TargetsTest::isOurs).hasSize(50);
        assertThat(sick.requests()).noneMatch(TargetsTest::isOurs);
        isWell.set(true);
        awaitScrape(route, healthy(sick, 1));
        send(route, 50);
        assertThat(sick.requests()).anyMatch(TargetsTest::isOurs);
    }

    @Test
    void noConnectionIsOpenedWhenAllHealthChecksFail() {
        RawUpstream sick = checked(new AtomicBoolean(false));
        TestRoute route = fixture.route(sick).healthCheck(CHECK);
        awaitScrape(route, healthy(sick, 0));
        Exchange exchange = Exchanges.get("/users");
        assertThat(Exchanges.finish(route.handle(exchange))).isEqualTo(503);
        assertThat(exchange.context().code()).isEqualTo(ErrorCode.NO_HEALTHY_TARGET);
        assertThat(sick.requests()).noneMatch(TargetsTest::isOurs);
    }

    @Test
    void anUnreachableTargetFailsItsHealthChecks() {
        RawUpstream target = checked(new AtomicBoolean(true));
        TestRoute route = fixture.route(target).healthCheck(CHECK);
        awaitScrape(route, healthy(target, 1));
        target.shutDown();
        awaitScrape(route, healthy(target, 0));
        target.listenAgain();
        awaitScrape(route, healthy(target, 1));
    }

    @Test
    void anEditKeepsTheHealthOfTargets() {
        RawUpstream sick = checked(new AtomicBoolean(false));
        TestRoute route = fixture.route(sick).healthCheck(CHECK);
        awaitScrape(route, healthy(sick, 0));
        route.healthCheck(new HealthCheckSettings("/healthz", Duration.ofHours(1), Duration.ofSeconds(1), 1, 1));
        assertThat(route.scrape()).contains(healthy(sick, 0));
    }

    private RawUpstream well() {
        return fixture.upstream(RawUpstream.answers(200, "ok"));
    }

    /** Responds to health checks as configured, and with success to other requests. */
    private RawUpstream checked(AtomicBoolean isWell) {
        return fixture.upstream(connection -> {
            for (RawUpstream.Request request = connection.request(); request != null; request = connection.request()) {
                connection.answer(isOurs(request) || isWell.get() ? 200 : 500, "ok");
            }
        });
    }

    private static boolean isOurs(RawUpstream.Request request) {
        return request.target().equals("/users");
    }

    private static int send(TestRoute route) {
        return Exchanges.finish(route.handle(Exchanges.get("/users")));
    }

    private static List<Integer> send(TestRoute route, int times) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            statuses.add(send(route));
        }
        return statuses;
    }

    private static List<Integer> sendConcurrently(TestRoute route, int times) throws Exception {
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < times; i++) {
                answers.add(clients.submit(() -> send(route)));
            }
        }
        return answers.stream().map(Future::resultNow).toList();
    }

    private static void awaitScrape(TestRoute route, String line) {
        Awaitility.await().until(() -> route.scrape().contains(line));
    }

    private static String healthy(RawUpstream target, int value) {
        return "gateway_target_healthy{route=\"users\",target=\"" + target.url() + "\"} " + value + ".0";
    }
}
