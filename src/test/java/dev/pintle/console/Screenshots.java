package dev.pintle.console;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.openqa.selenium.OutputType;

/** Writes the pictures of the console in docs/images, from a gateway with traffic. Run it with {@code make screenshots}. */
final class Screenshots {
    private static final Path IMAGES = Path.of("docs/images");

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Screenshots() {}

    /** The main class of {@code make screenshots}. */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(IMAGES);
        AtomicBoolean sends = new AtomicBoolean(true);
        try (RawUpstream users = RawUpstream.that(RawUpstream.answers(200, "[]"));
                RawUpstream orders = RawUpstream.that(RawUpstream.answers(200, "[]"));
                TestGateway gateway = TestGateway.start();
                ConsolePage page = new ConsolePage(gateway.adminUrl())) {
            createRoutes(gateway, users, orders);
            Thread traffic = Thread.startVirtualThread(() -> send(gateway, sends));
            page.signIn(TestGateway.TOKEN);
            page.open("now").shows("Everything works.").shows("users");
            orders.shutDown();
            page.shows("is open.");
            waitForSamples(page);
            write(page, "console-now");
            write(page.open("route?id=users").shows("Effective settings"), "console-route");
            page.open("edit?id=users").type("#field-description", "Accounts and profiles");
            page.unfold("timeout").type("#field-timeout-total", "5s");
            write(page.press("Review").shows("Effect on routes"), "console-review");
            page.browser()
                    .driver()
                    .executeCdpCommand(
                            "Emulation.setEmulatedMedia",
                            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
            write(page.open("history").shows("Revisions"), "console-history-dark");
            sends.set(false);
            traffic.join();
        }
    }

    private static void createRoutes(TestGateway gateway, RawUpstream users, RawUpstream orders) {
        gateway.route("users", "/users", users.url(), ", \"description\": \"Accounts\", \"retry\": {\"max\": 1}");
        gateway.route("orders", "/orders", orders.url(), ", \"circuitBreaker\": {\"cooldown\": \"1h\"}");
        gateway.route("search", "/search", users.url(), ", \"rateLimits\": [{\"requests\": 20, \"per\": \"1m\"}]");
    }

    private static void send(TestGateway gateway, AtomicBoolean sends) {
        for (int request = 0; sends.get(); request++) {
            gateway.get(request % 3 == 0 ? "/orders/" + request : "/users/" + request);
            LockSupport.parkNanos(PAUSE.toNanos());
            if (request % 7 == 0) {
                gateway.get("/search?q=" + request);
            }
        }
    }

    /** Waits until the charts show half a minute. */
    private static void waitForSamples(ConsolePage page) {
        page.run("await new Promise((resolve) => setTimeout(resolve, 30_000))");
    }

    private static void write(ConsolePage page, String name) throws IOException {
        page.run("await new Promise((resolve) => setTimeout(resolve, 3_000))");
        Files.write(IMAGES.resolve(name + ".png"), page.browser().driver().getScreenshotAs(OutputType.BYTES));
    }
}
