package dev.pintle.testing;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium with an empty profile, for the tests of {@code make browser}. All host names are 127.0.0.1, so that pages
 * have origins of their own. Test classes have {@code @Tag("browser")}.
 *
 * <pre>{@code
 * try (TestBrowser browser = TestBrowser.start()) {
 *     browser.driver().get("http://app.example.test:" + port);
 *     assertThat(browser.run("return (await fetch('/users')).status")).isEqualTo(200L);
 *     assertThat(browser.errors()).isEmpty();
 * }
 * }</pre>
 */
public final class TestBrowser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    private TestBrowser(ChromeDriver driver) {
        this.driver = driver;
    }

    public static TestBrowser start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary("/usr/bin/chromium")
                .addArguments(
                        "--headless",
                        // Chromium refuses to run as root with its sandbox, as in containers.
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,900",
                        "--host-resolver-rules=MAP * 127.0.0.1",
                        "--user-data-dir=" + TestDirectories.create("browser-"));
        options.setAcceptInsecureCerts(true);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
        return new TestBrowser(driver);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /**
     * Runs the body of an async function in the page and waits for its result.
     *
     * @param arguments {@code arguments} of the function
     */
    public Object run(String body, Object... arguments) {
        return driver.executeScript("return (async function() { " + body + " }).apply(null, arguments)", arguments);
    }

    /** Returns the errors in the browser's console since the last call, such as failed requests and violated policies. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
