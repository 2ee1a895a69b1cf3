package dev.pintle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Single actions of the console, and the calls of the admin API that they make. */
@Tag("browser")
class ConsoleActionsBrowserTest {
    private static RawUpstream upstream;
    private static TestGateway gateway;
    private static ConsolePage page;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start();
        gateway.route("users", "/users", upstream.url(), ", \"rateLimits\": [{\"requests\": 1, \"per\": \"1h\"}]");
        gateway.admin("PUT", "/api/v1/consumers/acme", "{}");
        page = new ConsolePage(gateway.adminUrl()).signIn(TestGateway.TOKEN);
    }

    @AfterAll
    static void stop() {
        page.close();
        gateway.close();
        upstream.close();
    }

    @Test
    void aPastedCurlCommandNamesTheRouteThatAnswers() {
        page.open("explain").shows("A curl command");
        page.type("textarea[name=command]", "curl -sS -H 'Accept: text/plain' \"https://api.example.com/users/7?a=b\"");

        page.press("Explain").shows("Route users answers.");

        page.open("explain").type("textarea[name=command]", "curl -X PUT https://api.example.com/none -d '{}'");
        page.press("Explain").shows("PUT https://api.example.com/none").shows("No route answers.");
    }

    @Test
    void aMapIsEditedInRowsByTheKeyboard() {
        gateway.route("rows", "/rows", upstream.url(), ", \"headers\": {\"request\": {\"set\": {\"X-Old\": \"1\"}}}");
        page.open("edit?id=rows").shows("Review");
        focus("field-headers-request-set-add");
        keys(Keys.ENTER);
        await().until(() -> focused().equals("field-headers-request-set-1-name"));

        keys("X-Old", Keys.TAB, "two");
        page.shows("X-Old: occurs twice");
        page.press("Review").shows("A field has no valid JSON, or a name twice.");
        page.type("#field-headers-request-set-1-name", "bad name").hides("occurs twice");
        page.shows("bad name: ");
        page.type("#field-headers-request-set-1-name", "X-New").hides("To correct");
        page.isAccessible();
        page.press("Remove X-Old from set");
        await().until(() -> focused().equals("field-headers-request-set-add"));
        page.press("Review").shows("X-New").press("Apply").shows("is active.");

        assertThat(gateway.admin("GET", "/api/v1/routes/rows", "").body()).contains("\"set\":{\"X-New\":\"two\"}");
    }

    @Test
    void keysThatArriveBeforeTheNextFrameAreKept() {
        gateway.route("fast", "/fast", upstream.url(), ", \"headers\": {\"request\": {\"set\": {\"X-Old\": \"1\"}}}");
        page.open("edit?id=fast").shows("Review");
        page.run("""
            const id = 'field-headers-request-set-';
            const type = (field, text) => {
                const input = document.getElementById(id + field);
                input.value = text;
                input.dispatchEvent(new Event('input', { bubbles: true }));
            };
            const frame = () => new Promise(requestAnimationFrame);
            document.getElementById(id + 'add').click();
            await frame();
            await frame();
            type('1-name', 'X-New');
            type('1-value', 'two');
            document.getElementById(id + 'add').click();
            document.getElementById(id + 'add').click();
            await frame();
            await frame();
            type('2-name', 'X-Third');
            type('3-name', 'X-Fourth');\
            """);

        page.press("Review").shows("X-New").press("Apply").shows("is active.");

        assertThat(gateway.admin("GET", "/api/v1/routes/fast", "").body())
                .contains("\"set\":{\"X-Old\":\"1\",\"X-New\":\"two\",\"X-Third\":\"\",\"X-Fourth\":\"\"}");
    }

    private static void focus(String id) {
        page.run("document.getElementById(arguments[0]).focus()", id);
    }

    private static String focused() {
        return String.valueOf(page.run("return document.activeElement.id"));
    }

    private static void keys(CharSequence... keys) {
        new Actions(page.browser().driver()).sendKeys(keys).perform();
    }

    @Test
    void aChangeWithAConfirmationShowsItsCountdownUntilItIsConfirmed() {
        page.open("edit?id=users").type("#field-description", "to confirm");
        page.press("Review").shows("to confirm").press("Apply, confirm within 2m");

        page.shows("waits for its confirmation. It reverts in 1:");
        page.press("Confirm or revert").press("Confirm").shows("The revision is confirmed.");
        page.hides("waits for its confirmation");
    }

    @Test
    void anEarlierRevisionIsRestored() {
        gateway.route("extra", "/extra", upstream.url());
        page.open("history?from=1&to=live").shows("/extra");

        page.open("revision?number=2").press("Restore …").shows("Reason").isAccessible();
        page.type("dialog input[name=reason]", "no extra").press("Restore").shows("is active.");

        assertThat(gateway.get("/extra").statusCode()).isEqualTo(404);
        page.open("history").shows("no extra").shows("restore");
    }

    @Test
    void aNewKeyIsShownOnceAndLeavesNoTrace() {
        page.open("consumer?id=acme").press("Create a key …").shows("Name").isAccessible();
        page.type("dialog input[name=name]", "production").press("Create").shows("Copy the key now.");
        String key = String.valueOf(page.run("return document.querySelector('dialog input').value"));
        assertThat(key).hasSizeGreaterThan(20);

        page.press("Done").shows("production");

        String left = String.valueOf(page.run("return document.documentElement.outerHTML"
                + " + [...document.querySelectorAll('input, textarea')].map((each) => each.value).join()"
                + " + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"));
        assertThat(left).doesNotContain(key, TestGateway.TOKEN, "pintle-console");
    }

    @Test
    void anExhaustedLimitIsResetForAClient() {
        gateway.get("/users");
        assertThat(gateway.get("/users").statusCode()).isEqualTo(429);
        page.open("limits").shows("0 of 1");

        page.press("Reset a limit of users …").shows("Client").isAccessible();
        page.type("dialog input[name=client]", "127.0.0.1").press("Reset");
        page.shows("The limit of 127.0.0.1 on route users is full again on every node.");

        assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
    }

    @Test
    void theAuditTableShowsTheCallsAndIsIntact() {
        page.open("audit")
                .shows("PUT /api/v1/routes/users")
                .press("Verify the table")
                .shows("The table is intact");
    }

    @Test
    void aCopiedCurlCommandDoesTheSameInAShell() throws Exception {
        String command = String.valueOf(page.run("""
            const { curl } = await import('/console/lib/curl.js');
            return curl('PUT', '/api/v1/routes/copied', {
                body: { description: "it's $HOME `id` \\"quoted\\"", match: { path: '/copied' },
                    respond: { status: 200, body: 'copied' } },
                headers: { 'Pintle-Reason': "don't" } });\
            """));
        assertThat(command).doesNotContain(TestGateway.TOKEN);
        List<String> shell = new ArrayList<>(List.of("sh", "-c", command.replaceFirst("^curl", "curl -s")));
        ProcessBuilder builder = new ProcessBuilder(shell).redirectErrorStream(true);
        builder.environment().put("TOKEN", TestGateway.TOKEN);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(output).contains("it's $HOME `id` \\\"quoted\\\"");
        assertThat(gateway.get("/copied").body()).isEqualTo("copied");
        gateway.admin("DELETE", "/api/v1/routes/copied", "");
    }

    @Test
    void tenThousandRoutesAreSearchedWithoutALongList() {
        for (int batch = 0; batch < 10; batch++) {
            StringBuilder edits = new StringBuilder();
            for (int route = batch * 1_000; route < (batch + 1) * 1_000; route++) {
                edits.append(edits.isEmpty() ? "" : ",").append("""
                    {"put": {"id": "r%1$d", "match": {"path": "/r/%1$d"}, "respond": {"status": 200}}}\
                    """.formatted(route));
            }
            gateway.admin("POST", "/api/v1/changes", "{\"edits\": [" + edits + "]}");
        }
        page.open("routes").shows("of 10,00");
        assertThat(page.run("return document.querySelectorAll('tbody tr').length"))
                .isEqualTo(100L);

        page.type("input[type=search]", "/r/9999")
                .shows("1 route of")
                .press("r9999")
                .shows("Route r9999");
    }
}
