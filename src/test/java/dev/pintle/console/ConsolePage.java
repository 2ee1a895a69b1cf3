package dev.pintle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.TestBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console in a browser, as an operator uses it: by texts, labels and keys. */
final class ConsolePage implements AutoCloseable {
    private static final String COLLECT_REPORTS = """
            addEventListener('securitypolicyviolation', (event) => localStorage.setItem('reports',
                (localStorage.getItem('reports') ?? '') + event.violatedDirective + ' ' + event.blockedURI + '\\n'));""";

    private static final String AXE = axe();

    private final TestBrowser browser = TestBrowser.start();
    private final String url;

    ConsolePage(String adminUrl) {
        this.url = adminUrl + "/console/";
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", COLLECT_REPORTS));
    }

    private static String axe() {
        try (InputStream script = ConsolePage.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a page, such as {@code route?id=users}. */
    ConsolePage open(String page) {
        browser.driver().get(url + page);
        return this;
    }

    /** Signs in with a token. */
    ConsolePage signIn(String token) {
        open("");
        type("input[name=token]", token + Keys.ENTER);
        return shows("Sign out");
    }

    /** Waits until the page shows a text. */
    ConsolePage shows(String text) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(text()).contains(text));
        return this;
    }

    ConsolePage hides(String text) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(text()).doesNotContain(text));
        return this;
    }

    String text() {
        return String.valueOf(run("return document.body.innerText"));
    }

    /** Waits for a button or link with a name, and activates it by the keyboard. */
    ConsolePage press(String name) {
        WebElement button = find("[...document.querySelectorAll('button:enabled, a[href], summary')]"
                + ".filter((each) => each.textContent.replace(/\\s+/g, ' ').trim() === '" + name + "').at(-1)");
        button.sendKeys(Keys.ENTER);
        return this;
    }

    /** Replaces the text of a field. */
    ConsolePage type(String selector, CharSequence text) {
        WebElement field = find("document.querySelector('" + selector + "')");
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
        return this;
    }

    /** Opens a group of the form. */
    ConsolePage unfold(String group) {
        WebElement details = find("[...document.querySelectorAll('details')].find((each) =>"
                + " each.querySelector('summary').innerText.startsWith('" + group + "'))");
        if (details.getAttribute("open") == null) {
            details.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
        }
        return this;
    }

    private WebElement find(String expression) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(
                        () -> (WebElement) run("return " + expression),
                        element -> element != null && element.isDisplayed());
    }

    Object run(String body, Object... arguments) {
        return browser.run(body, arguments);
    }

    TestBrowser browser() {
        return browser;
    }

    /** Requires that axe-core finds no violation of WCAG 2.2 AA in the present state, dialogs included. */
    ConsolePage isAccessible() {
        assertThat(accessibilityViolations()).isEmpty();
        return this;
    }

    /** The violations of WCAG 2.2 AA that axe-core finds. */
    List<?> accessibilityViolations() {
        browser.driver().executeScript(AXE);
        return (List<?>) run("""
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                const result = await axe.run(document, { runOnly: tags });
                return result.violations.map((each) => each.id + ' ' + each.nodes[0].html);""");
    }

    /** The requests that the browser blocked because of the Content-Security-Policy, on all pages so far. */
    String policyReports() {
        return String.valueOf(run("return localStorage.getItem('reports') ?? ''"));
    }

    @Override
    public void close() {
        browser.close();
    }
}
