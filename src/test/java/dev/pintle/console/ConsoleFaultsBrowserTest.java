package dev.pintle.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console in bad states: the operator sees the cause, and loses nothing. */
@Tag("browser")
class ConsoleFaultsBrowserTest {
    private static FlakyTcpProxy line;
    private static TestGateway gateway;
    private static FlakyTcpProxy browserLine;
    private static ConsolePage page;

    @BeforeAll
    static void start() {
        TestDatabase database = TestPostgres.newDatabase();
        line = new FlakyTcpProxy(database.port());
        gateway = TestGateway.start(database.through(line.port()), TestGateway.newFolder());
        browserLine = new FlakyTcpProxy(URI.create(gateway.adminUrl()).getPort());
        page = new ConsolePage("http://127.0.0.1:" + browserLine.port()).signIn(TestGateway.TOKEN);
    }

    @AfterAll
    static void stop() {
        page.close();
        browserLine.close();
        gateway.close();
        line.close();
    }

    @BeforeEach
    void createRoute() {
        gateway.route("users", "/users", "http://127.0.0.1:9");
    }

    @Test
    void withoutPostgresqlEverythingIsReadableAndEditsAreDisabledWithTheReason() {
        page.open("edit?id=users").shows("Review");
        line.refuse();
        try {
            page.shows("PostgreSQL is unavailable: you can read everything, but not change it.");
            assertThat(page.run("return [...document.querySelectorAll('main button:disabled')].map((b) => b.innerText)"
                            + ".includes('Review')"))
                    .isEqualTo(true);
            page.open("routes").shows("/users").open("route?id=users").shows("Effective settings");
            page.open("nodes").shows("The list is from the last heartbeat");
            page.open("now").shows("PostgreSQL is unavailable");
            page.open("history").shows("Try again");
        } finally {
            line.heal();
        }
        page.open("edit?id=users")
                .hides("PostgreSQL is unavailable")
                .press("Review")
                .shows("the same as the stored one");
    }

    @Test
    void aSessionThatEndsInTheMiddleOfAnEditLosesNothing() {
        page.open("edit?id=users").type("#field-description", "typed before the end");
        signOutElsewhere();

        // By a script, because the live data can notice the end first, and its dialog locks the page.
        page.run("[...document.querySelectorAll('button')]"
                + ".find((each) => each.textContent.trim() === 'Review').click()");
        page.shows("Your session has ended").isAccessible();
        page.type("dialog input[name=token]", TestGateway.TOKEN + "\n");

        page.shows("+   \"description\": \"typed before the end\"");
    }

    private static void signOutElsewhere() {
        String cookie = "pintle-console="
                + page.browser()
                        .driver()
                        .manage()
                        .getCookieNamed("pintle-console")
                        .getValue();
        assertThat(TestGateway.send(HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/console/session"))
                                .header("Cookie", cookie)
                                .header("X-Pintle-Console", "1")
                                .DELETE()
                                .build())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void twoOperatorsWhoChangeOneRouteMergeByField() {
        page.open("edit?id=users").type("#field-description", "mine");
        page.unfold("rewrite")
                .type("#field-rewrite-prefix", "/mine")
                .press("Review")
                .shows("/mine")
                .isAccessible();
        gateway.route(
                "users",
                "/users",
                "http://127.0.0.1:9",
                ", \"description\": \"theirs\", \"timeout\": {\"total\": \"4s\"}");

        page.press("Apply")
                .shows("Another change of this document was stored first")
                .isAccessible();
        assertThat(page.text()).contains("Your version", "Stored version", "1 without a choice");
        page.run("document.querySelector('input[type=radio]').click()");
        page.press("Review the merged version").shows("+     \"prefix\": \"/mine\"");
        assertThat(page.text()).contains("\"description\": \"mine\"");
        page.press("Apply").shows("is active.");

        assertThat(gateway.admin("GET", "/api/v1/routes/users", "").body())
                .contains("\"description\":\"mine\"", "\"total\":\"4s\"", "\"prefix\":\"/mine\"");
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamedUntilItIsBack() {
        page.open("now").shows("Faults");
        browserLine.refuse();
        page.shows("This page is not current");
        browserLine.heal();
        page.hides("This page is not current");
    }

    @Test
    void aLargeCaBundleIsEditedLikeAnyOtherText() {
        String certificate = TestCertificates.certificate("ca");
        String bundle = certificate.repeat((64 << 10) / certificate.length());
        String json = bundle.replace("\n", "\\n");
        gateway.admin("PUT", "/api/v1/routes/secure", """
                {"match": {"path": "/secure"}, "upstream": {"targets": [{"url": "https://127.0.0.1:9"}],
                 "tls": {"caBundle": "%s"}}}""".formatted(json));
        page.open("route?id=secure").shows("Effective settings");
        page.open("edit?id=secure").type("#field-description", "with many authorities");

        page.press("Review").shows("with many authorities").press("Apply").shows("is active.");

        assertThat(gateway.admin("GET", "/api/v1/routes/secure", "").body()).contains(json);
        gateway.admin("DELETE", "/api/v1/routes/secure", "");
    }

    @Test
    void aWrongClockOfTheBrowserIsNamedAndChangesNoTimes() {
        Object script = page.browser()
                .driver()
                .executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of("source", "const real = Date.now; Date.now = () => real() + 7_200_000;"))
                .get("identifier");
        page.open("history").shows("The clock of this browser is 2 h ahead of the node");
        assertThat(page.text()).doesNotContain("2 h ago");
        page.browser()
                .driver()
                .executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
}
