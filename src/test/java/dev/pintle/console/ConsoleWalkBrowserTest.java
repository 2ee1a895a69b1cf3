package dev.pintle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator works with the console from sign-in to sign-out, by keyboard only. */
@Tag("browser")
class ConsoleWalkBrowserTest {
    @Test
    void anOperatorCreatesARouteSeesItFailAndRevertsIt() {
        RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        try (TestGateway gateway = TestGateway.start();
                ConsolePage page = new ConsolePage(gateway.adminUrl())) {
            page.signIn(TestGateway.TOKEN).shows("Everything works.");

            page.press("Routes").press("Create a route");
            page.type("#field-id", "shop").type("#field-match-path", "shop");
            page.shows("must begin with a slash");
            page.type("#field-match-path", "/shop").type("#field-upstream-targets-0-url", upstream.url());
            page.unfold("circuitBreaker").type("#field-circuitBreaker-consecutiveFailures", "2");
            page.hides("must begin with a slash").press("Review");
            page.shows("+ \"id\": \"shop\"".replace("+ ", "+   ")).type("#reason", "first shop");
            page.press("Apply").shows("Revision 1 is active.");

            gateway.get("/shop");
            chartShows(page, gateway, "requests");

            upstream.shutDown();
            page.press("Now");
            for (int request = 0; request < 4; request++) {
                gateway.get("/shop");
            }
            page.shows("is open.");

            page.press("shop").press("Force closed …");
            page.type("dialog input[name=reason]", "drill").press("Force closed");
            page.shows("forced closed, ends in");
            page.press("Release").hides("forced closed");

            page.open("revision?number=1").press("Revert …").press("Revert").shows("Revision 2 is active.");
            assertThat(gateway.get("/shop").statusCode()).isEqualTo(404);

            page.press("Sign out").shows("Admin token");
            page.open("routes").shows("Admin token");
            assertThat(page.policyReports()).isEmpty();
        }
    }

    private static void chartShows(ConsolePage page, TestGateway gateway, String series) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            gateway.get("/shop");
            assertThat(page.text()).doesNotContain(series + " 0 per second").contains(series);
        });
        assertThat(page.run("return document.querySelectorAll('chart-area canvas').length"))
                .isEqualTo(2L);
    }
}
