package dev.pintle.upstream.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.Headers;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.ManualTicker;
import dev.pintle.upstream.circuitbreaker.ForcedCircuitState;
import dev.pintle.upstream.state.TargetChangeLog;
import dev.pintle.upstream.state.TargetState;
import dev.pintle.upstream.target.Target;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {
    private static final Exchange ANY = Exchanges.get("/");

    private final RouteMetrics metrics = new Metrics(new PrometheusRegistry()).route("users");
    private final ManualTicker ticker = new ManualTicker();
    private final ForcedCircuitState circuits = new ForcedCircuitState(ticker);

    @Test
    void roundRobinTakesTurnsSmoothlyByWeight() {
        List<TargetState> targetStates = targetStates(5, 1, 1);
        RoundRobin turns = new RoundRobin();
        String order = IntStream.range(0, 14)
                .mapToObj(i -> name(turns.choose(targetStates, ANY)))
                .collect(Collectors.joining());
        assertThat(order).isEqualTo("aabacaa".repeat(2));
    }

    @Test
    void roundRobinIsExact() {
        List<TargetState> targetStates = targetStates(1, 2, 7);
        assertThat(count(new RoundRobin(), targetStates, 1_000)).containsExactly(100, 200, 700);
    }

    @Test
    void leastRequestsFollowsTheWeightsWhileNoTargetIsBusy() {
        List<TargetState> targetStates = targetStates(1, 2, 7);
        List<Integer> counts = count(new PowerOfTwoChoices(new Random(1)), targetStates, 10_000);
        assertThat(counts.get(0)).isCloseTo(1_000, within(150));
        assertThat(counts.get(1)).isCloseTo(2_000, within(150));
        assertThat(counts.get(2)).isCloseTo(7_000, within(150));
    }

    @Test
    void leastRequestsAvoidsTheBusy() {
        List<TargetState> targetStates = targetStates(1, 1, 1);
        targetStates.getFirst().begins();
        List<Integer> counts = count(new PowerOfTwoChoices(new Random(1)), targetStates, 1_000);
        assertThat(counts.get(0)).isZero();
        assertThat(counts.get(1)).isCloseTo(500, within(60));
    }

    @Test
    void leastRequestsKeepsTheLoadEvenByWeight() {
        List<TargetState> targetStates = targetStates(1, 3);
        PowerOfTwoChoices least = new PowerOfTwoChoices(new Random(1));
        for (int i = 0; i < 400; i++) {
            least.choose(targetStates, ANY).begins();
        }
        assertThat(targetStates.get(0).inFlight()).isCloseTo(100, within(3));
        assertThat(targetStates.get(1).inFlight()).isCloseTo(300, within(3));
    }

    @Test
    void aHashSendsAKeyToTheSameTargetOnEveryNode() {
        List<TargetState> targetStates = targetStates(1, 1, 1, 1);
        ConsistentHash one = new ConsistentHash(HashKey.parse("header:X-User"), new Random(1));
        ConsistentHash other = new ConsistentHash(HashKey.parse("header:X-User"), new Random(2));
        for (int user = 0; user < 100; user++) {
            assertThat(other.choose(targetStates.reversed(), user(user)))
                    .isSameAs(one.choose(targetStates, user(user)));
        }
    }

    @Test
    void aHashSharesTheKeysByWeight() {
        List<TargetState> targetStates = targetStates(1, 2, 7);
        Map<String, Integer> counts = new HashMap<>();
        placement(targetStates).values().forEach(name -> counts.merge(name, 1, Integer::sum));
        assertThat(counts.get("a")).isCloseTo(1_000, within(120));
        assertThat(counts.get("b")).isCloseTo(2_000, within(160));
        assertThat(counts.get("c")).isCloseTo(7_000, within(200));
    }

    @Test
    void whenATargetLeavesItsKeysAloneMove() {
        List<TargetState> targetStates = targetStates(1, 1, 1, 1, 1);
        Map<Integer, String> before = placement(targetStates);
        Map<Integer, String> after = placement(targetStates.subList(0, 4));
        long moved = before.keySet().stream()
                .filter(user -> !before.get(user).equals(after.get(user)))
                .count();
        assertThat(moved)
                .isEqualTo(before.values().stream().filter("e"::equals).count())
                .isCloseTo(2_000L, within(200L));
    }

    @Test
    void whenATargetComesItTakesItsShareAndNoOtherKeyMoves() {
        List<TargetState> targetStates = targetStates(1, 1, 1, 1, 1);
        Map<Integer, String> before = placement(targetStates.subList(0, 4));
        Map<Integer, String> after = placement(targetStates);
        assertThat(after.keySet().stream().filter(user -> !before.get(user).equals(after.get(user))))
                .allSatisfy(user -> assertThat(after.get(user)).isEqualTo("e"))
                .hasSizeBetween(1_800, 2_200);
    }

    @Test
    void aRequestWithoutTheKeyGoesAnywhere() {
        List<TargetState> targetStates = targetStates(1, 1);
        List<Integer> counts =
                count(new ConsistentHash(HashKey.parse("cookie:id"), new Random(1)), targetStates, 1_000);
        assertThat(counts.get(0)).isCloseTo(500, within(60));
    }

    @Test
    void aKeyIsTheClientAHeaderOrACookie() {
        Headers headers = Headers.of("X-User", "ann", "Cookie", "a=1; id=42;b=3", "cookie", "last=5");
        Exchange exchange = Exchanges.of("GET", "/", headers, Body.EMPTY);
        assertThat(HashKey.parse("client").of(exchange)).isEqualTo("127.0.0.1");
        assertThat(HashKey.parse("header:x-user").of(exchange)).isEqualTo("ann");
        assertThat(HashKey.parse("cookie:id").of(exchange)).isEqualTo("42");
        assertThat(HashKey.parse("cookie:last").of(exchange)).isEqualTo("5");
        assertThat(HashKey.parse("cookie:none").of(exchange)).isNull();
    }

    private Map<Integer, String> placement(List<TargetState> targetStates) {
        ConsistentHash hash = new ConsistentHash(HashKey.parse("header:X-User"), new Random(1));
        Map<Integer, String> placement = new HashMap<>();
        for (int user = 0; user < 10_000; user++) {
            placement.put(user, name(hash.choose(targetStates, user(user))));
        }
        return placement;
    }

    private static Exchange user(int number) {
        return Exchanges.of("GET", "/", Headers.of("X-User", "user-" + number), Body.EMPTY);
    }

    private static List<Integer> count(LoadBalancer balancer, List<TargetState> targetStates, int times) {
        Map<TargetState, Integer> counts = new HashMap<>();
        for (int i = 0; i < times; i++) {
            counts.merge(balancer.choose(targetStates, ANY), 1, Integer::sum);
        }
        return targetStates.stream()
                .map(targetState -> counts.getOrDefault(targetState, 0))
                .toList();
    }

    /** Targets a, b, c … of these weights. */
    private List<TargetState> targetStates(int... weights) {
        List<TargetState> targetStates = new ArrayList<>();
        for (int weight : weights) {
            String url = "http://" + (char) ('a' + targetStates.size()) + ":80";
            targetStates.add(new TargetState(
                    Target.of(url, weight), circuits, ticker, metrics, new TargetChangeLog("r", url, Runnable::run)));
        }
        return targetStates;
    }

    private static String name(TargetState targetState) {
        return targetState.target().url().substring("http://".length(), "http://".length() + 1);
    }
}
