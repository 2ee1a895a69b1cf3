package dev.pintle.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.routing.Route;
import org.junit.jupiter.api.Test;

class ActiveRouteTableTest {
    private final ActiveRouteTable active = Tables.active();

    private static ObjectNode route(String id) {
        return Tables.document(id, "\"path\": \"/" + id + "\"");
    }

    @Test
    void aRouteThatDidNotChangeKeepsItsCompiledForm() {
        active.publish(Tables.configuration(1, "{}", route("a"), route("b")), ConfigurationSource.DATABASE);
        Route before = active.current().route("a");
        ObjectNode changed = Tables.document("b", "\"path\": \"/other\"");
        active.publish(Tables.configuration(2, "{}", route("a"), changed), ConfigurationSource.DATABASE);
        assertThat(active.current().route("a")).isSameAs(before);
        assertThat(active.current().revision()).isEqualTo(2);
    }

    @Test
    void changedDefaultsRecompileAllRoutes() {
        active.publish(Tables.configuration(1, "{}", route("a")), ConfigurationSource.DATABASE);
        Route before = active.current().route("a");
        active.publish(
                Tables.configuration(2, "{\"maxRequestBody\": \"1KiB\"}", route("a")), ConfigurationSource.DATABASE);
        Route after = active.current().route("a");
        assertThat(after).isNotSameAs(before);
        assertThat(after.policyNames()).contains("maxRequestBody");
    }

    @Test
    void aRecompiledRouteStillCountsItsExchangesInProgress() {
        active.publish(Tables.configuration(1, "{}", route("a")), ConfigurationSource.DATABASE);
        Route before = active.current().route("a");
        active.publish(
                Tables.configuration(2, "{\"maxRequestBody\": \"1KiB\"}", route("a")), ConfigurationSource.DATABASE);
        assertThat(active.current().route("a").concurrency()).isSameAs(before.concurrency());
    }

    @Test
    void anInvalidRouteIsRejectedAndTheOthersStayActive() {
        ObjectNode broken = Tables.json("{\"id\": \"broken\", \"match\": {\"path\": \"no-slash\"}}");
        active.publish(Tables.configuration(1, "{}", route("a"), broken), ConfigurationSource.DATABASE);
        assertThat(active.current().routes()).extracting(Route::id).containsExactly("a");
        assertThat(active.current().rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.id()).isEqualTo("broken");
            assertThat(rejected.reason()).contains("/match/path").contains("/upstream");
        });
    }

    @Test
    void invalidDefaultsAreNotUsed() {
        active.publish(Tables.configuration(1, "{\"nonsense\": 1}", route("a")), ConfigurationSource.DATABASE);
        assertThat(active.current().routes()).extracting(Route::id).containsExactly("a");
    }

    @Test
    void aDisabledRouteMatchesNothingAndIsNotAnError() {
        ObjectNode disabled = route("a").put("enabled", false);
        active.publish(Tables.configuration(1, "{}", disabled), ConfigurationSource.SNAPSHOT);
        assertThat(active.current().routes()).isEmpty();
        assertThat(active.current().rejected()).isEmpty();
        assertThat(active.current().source()).isEqualTo(ConfigurationSource.SNAPSHOT);
    }

    @Test
    void theChainListsPoliciesOutermostFirst() {
        ObjectNode full = route("a").put("maxRequestBody", "1MiB");
        full.putObject("concurrency").put("maxInFlight", 3);
        full.putObject("rewrite").put("stripPrefix", true);
        active.publish(Tables.configuration(1, "{}", full), ConfigurationSource.DATABASE);
        assertThat(active.current().route("a").policyNames())
                .containsExactly(
                        "maintenance",
                        "maxRequestBody",
                        "concurrency",
                        "upgrade",
                        "maxForwards",
                        "forwarding",
                        "rewrite",
                        "timeout",
                        "retry");
    }
}
