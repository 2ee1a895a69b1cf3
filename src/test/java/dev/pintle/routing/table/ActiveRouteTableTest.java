package dev.pintle.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.routing.Route;
import org.junit.jupiter.api.Test;

class ActiveRouteTableTest {
    private final ActiveRouteTable live = Tables.live();

    private static ObjectNode route(String id) {
        return Tables.document(id, "\"path\": \"/" + id + "\"");
    }

    @Test
    void aRouteThatDidNotChangeKeepsItsCompiledForm() {
        live.publish(Tables.configuration(1, "{}", route("a"), route("b")), ConfigurationSource.DATABASE);
        Route before = live.current().route("a");
        ObjectNode changed = Tables.document("b", "\"path\": \"/other\"");
        live.publish(Tables.configuration(2, "{}", route("a"), changed), ConfigurationSource.DATABASE);
        assertThat(live.current().route("a")).isSameAs(before);
        assertThat(live.current().revision()).isEqualTo(2);
    }

    @Test
    void otherDefaultsMakeAllRoutesAnew() {
        live.publish(Tables.configuration(1, "{}", route("a")), ConfigurationSource.DATABASE);
        Route before = live.current().route("a");
        live.publish(
                Tables.configuration(2, "{\"maxRequestBody\": \"1KiB\"}", route("a")), ConfigurationSource.DATABASE);
        Route after = live.current().route("a");
        assertThat(after).isNotSameAs(before);
        assertThat(after.policyNames()).contains("maxRequestBody");
    }

    @Test
    void aRouteThatBreaksTheRulesIsKeptOutAndTheOthersGoOn() {
        ObjectNode broken = Tables.json("{\"id\": \"broken\", \"match\": {\"path\": \"no-slash\"}}");
        live.publish(Tables.configuration(1, "{}", route("a"), broken), ConfigurationSource.DATABASE);
        assertThat(live.current().routes()).extracting(Route::id).containsExactly("a");
        assertThat(live.current().keptOut()).singleElement().satisfies(keptOut -> {
            assertThat(keptOut.id()).isEqualTo("broken");
            assertThat(keptOut.reason()).contains("/match/path").contains("/upstream");
        });
    }

    @Test
    void brokenDefaultsAreNotUsed() {
        live.publish(Tables.configuration(1, "{\"nonsense\": 1}", route("a")), ConfigurationSource.DATABASE);
        assertThat(live.current().routes()).extracting(Route::id).containsExactly("a");
    }

    @Test
    void aDisabledRouteTakesNothingAndIsNoFault() {
        ObjectNode disabled = route("a").put("enabled", false);
        live.publish(Tables.configuration(1, "{}", disabled), ConfigurationSource.SNAPSHOT);
        assertThat(live.current().routes()).isEmpty();
        assertThat(live.current().keptOut()).isEmpty();
        assertThat(live.current().source()).isEqualTo(ConfigurationSource.SNAPSHOT);
    }

    @Test
    void theChainReadsAsOneListOutermostFirst() {
        ObjectNode full = route("a").put("maxRequestBody", "1MiB");
        full.putObject("concurrency").put("maxInFlight", 3);
        full.putObject("rewrite").put("stripPrefix", true);
        live.publish(Tables.configuration(1, "{}", full), ConfigurationSource.DATABASE);
        assertThat(live.current().route("a").policyNames())
                .containsExactly(
                        "maxRequestBody", "concurrency", "rewrite", "maxForwards", "forwarding", "timeout", "retry");
    }
}
