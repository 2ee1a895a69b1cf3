package dev.pintle.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Every page of the console is accessible, fits narrow screens, and shows texts of others as text. */
@Tag("browser")
class ConsolePagesBrowserTest {
    private static final String MARKUP = "<img src=x onerror=document.title='attack'>\"'><script>attack()</script>";
    private static final String BIDI =
            "\u202Egnp\u2066 🧩 Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung";

    /** Each page, and a text that it shows when it is complete. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("now", "Faults"),
            Map.entry("routes", "2 routes"),
            Map.entry("route?id=users", "Effective settings"),
            Map.entry("edit?id=users", "Review"),
            Map.entry("edit?kind=consumer", "Review"),
            Map.entry("edit?kind=identity-provider&id=idp", "Review"),
            Map.entry("edit?kind=defaults", "Review"),
            Map.entry("explain", "A curl command"),
            Map.entry("history", "Revisions"),
            Map.entry("history?from=1&to=3", "From revision 1"),
            Map.entry("revision?number=1", "Restore …"),
            Map.entry("nodes", "in-sync"),
            Map.entry("consumers", "acme"),
            Map.entry("consumer?id=acme", "API keys"),
            Map.entry("limits", "Clients with the fewest"),
            Map.entry("audit", "Attempts to write"));

    private static TestGateway gateway;
    private static ConsolePage page;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        admin("PUT", "/api/v1/routes/users", """
                {"description": %s, "match": {"path": "/users", "headers": {"X-Kind": %s}},
                 "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}, "rateLimits": [{"requests": 2, "per": "1h"}]}""".formatted(json(MARKUP), json("<b>" + MARKUP)));
        admin("PUT", "/api/v1/routes/other", """
                {"description": %s, "match": {"path": "/other"}, "respond": {"status": 200, "body": %s}}""".formatted(json(BIDI), json(MARKUP)));
        admin(
                "PUT",
                "/api/v1/consumers/acme",
                "{\"description\": %1$s, \"labels\": {\"team\": %1$s}}".formatted(json(MARKUP)));
        admin(
                "PUT",
                "/api/v1/identity-providers/idp",
                "{\"issuer\": \"https://idp.example.com\", \"description\": " + json(MARKUP) + "}");
        admin("PUT", "/api/v1/maintenance/other", "{\"duration\": \"1h\", \"reason\": " + json(MARKUP) + "}");
        changeWithReason();
        admin("POST", "/api/v1/consumers/acme/keys", "{\"name\": " + json("<i>" + BIDI) + "}");
        admin(
                "PUT",
                "/api/v1/circuits/users",
                "{\"state\": \"open\", \"duration\": \"1h\", \"reason\": " + json(MARKUP) + "}");
        admin("PUT", "/api/v1/routes/" + "x".repeat(70), "{\"a\": " + json(MARKUP) + "}");
        for (int request = 0; request < 4; request++) {
            gateway.get("/users?q=%3Cscript%3Eattack()%3C/script%3E", "X-Kind", "<b>", "User-Agent", MARKUP);
        }
        page = new ConsolePage(gateway.adminUrl()).signIn(TestGateway.TOKEN);
    }

    @AfterAll
    static void stop() {
        page.close();
        gateway.close();
    }

    private static void changeWithReason() {
        assertThat(TestGateway.send(HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/api/v1/defaults"))
                                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                                .header("Content-Type", "application/json")
                                .header("Pintle-Reason", MARKUP)
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"timeout\": {\"total\": \"9s\"}}"))
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    private static void admin(String method, String path, String body) {
        gateway.admin(method, path, body);
    }

    private static String json(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }

    @Test
    void everyPageIsAccessible() {
        for (String scheme : List.of("light", "dark")) {
            page.browser()
                    .driver()
                    .executeCdpCommand(
                            "Emulation.setEmulatedMedia",
                            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            PAGES.forEach((name, text) -> {
                page.open(name).shows(text);
                assertThat(page.accessibilityViolations())
                        .as("%s, %s", name, scheme)
                        .isEmpty();
            });
        }
        assertThat(page.policyReports()).isEmpty();
    }

    @Test
    void noPageIsWiderThanAnySmallScreen() {
        for (int width : new int[] {360, 640}) {
            page.browser()
                    .driver()
                    .executeCdpCommand(
                            "Emulation.setDeviceMetricsOverride",
                            Map.of("width", width, "height", 640, "deviceScaleFactor", 1, "mobile", false));
            PAGES.forEach((name, text) -> {
                page.open(name).shows(text);
                assertThat((Long) page.run("return document.documentElement.scrollWidth"))
                        .as("%s at %s pixels", name, width)
                        .isLessThanOrEqualTo(width);
            });
        }
        page.browser().driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    @Test
    void everyActionIsOfferedAsACurlCommand() {
        PAGES.forEach((name, text) -> {
            page.open(name).shows(text);
            assertThat((List<?>) page.run("""
                            const named = (each, pattern) => pattern.test(each.textContent.replace(/\\s+/g, ' ').trim());
                            return [...document.querySelectorAll('main button')]
                                .filter((each) => named(each, /…$|^(Apply|Confirm|Verify)/))
                                .filter((each) => ![...each.parentElement.querySelectorAll('button')]
                                    .some((other) => named(other, /^Copy as curl$/)))
                                .map((each) => each.textContent);""")).as(name).isEmpty();
        });
    }

    @Test
    void noPageTransfersMoreThan200Kibibytes() {
        page.browser().driver().executeCdpCommand("Network.enable", Map.of());
        page.browser().driver().executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        PAGES.forEach((name, text) -> {
            page.open(name).shows(text);
            Long bytes = (Long) page.run("""
                    return ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
                        .reduce((sum, entry) => sum + entry.transferSize, 0)""");
            assertThat(bytes).as(name).isBetween(20L << 10, 200L << 10);
        });
        page.browser().driver().executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", false));
    }

    @Test
    void textsOfClientsAndOperatorsAreNeverMarkup() {
        PAGES.forEach((name, text) -> {
            page.open(name).shows(text);
            assertThat(page.run("return document.querySelectorAll('main img, main b, main i, main script').length"))
                    .as(name)
                    .isEqualTo(0L);
            assertThat(page.run("return document.title").toString()).as(name).endsWith("Pintle");
        });
        page.open("route?id=users").shows("<img src=x onerror=");
        page.open("route?id=" + "%3Cimg%20src%3Dx%3E").shows("<img src=x>");
        page.open("routes").shows("2 routes");
        page.type("input[type=search]", MARKUP).shows("1 route");
        assertThat(page.policyReports()).isEmpty();
    }

    @Test
    void hiddenCharactersAreVisible() {
        page.open("route?id=other").shows("⟨U+202E⟩gnp⟨U+2066⟩ 🧩");
        page.open("edit?id=other").shows("Review");
        assertThat(page.run("return document.getElementById('json').value").toString())
                .contains("\\u202egnp\\u2066 🧩");
    }

    @Test
    void everyControlIsReachedByTabAndShowsItsFocus() {
        PAGES.forEach((name, text) -> {
            page.open(name).shows(text);
            page.run("document.querySelector('.skip').focus()");
            int reached = 1;
            for (pressTab(); isInPage() && reached < 300; pressTab()) {
                assertThat(page.run("return getComputedStyle(document.activeElement).outlineStyle"))
                        .as("%s: %s", name, page.run("return document.activeElement.outerHTML"))
                        .isEqualTo("solid");
                reached++;
            }
            Long controls = (Long) page.run("return [...document.querySelectorAll("
                    + "'a[href], button:enabled, input, select, textarea, summary, [tabindex=\"0\"]')]"
                    + ".filter((each) => each.checkVisibility()).length");
            assertThat(reached).as(name).isGreaterThanOrEqualTo(controls.intValue());
        });
    }

    private static void pressTab() {
        new Actions(page.browser().driver()).sendKeys(Keys.TAB).perform();
    }

    private static boolean isInPage() {
        return Boolean.TRUE.equals(page.run(
                "return document.activeElement !== document.body" + " && !document.activeElement.matches('.skip')"));
    }
}
