package dev.pintle.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.RawUpstream;
import dev.pintle.TestDatabase;
import dev.pintle.TestGateway;
import dev.pintle.TestPostgres;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Routes change under load, and no request fails or goes astray; what one node took, the other serves. */
class ReloadTest {
    @Test
    void aHundredChangesUnderLoadFailNoRequest() throws InterruptedException {
        try (RawUpstream one = RawUpstream.that(RawUpstream.answers(200, "one"));
                RawUpstream two = RawUpstream.that(RawUpstream.answers(200, "two"));
                TestGateway gateway = TestGateway.start()) {
            gateway.route("one", "/one", one.url());
            gateway.route("two", "/two", two.url());
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            AtomicReference<String> astray = new AtomicReference<>("");
            Thread load = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    for (String path : new String[] {"one", "two"}) {
                        String body = gateway.get("/" + path).body();
                        if (body.equals(path)) {
                            answered.incrementAndGet();
                        } else {
                            astray.set(body);
                        }
                    }
                }
            });
            for (int i = 0; i < 100; i++) {
                gateway.route("one", "/one", one.url(), ", \"description\": \"change " + i + "\"");
                gateway.route("new-" + i % 5, "/one/new-" + i % 5, two.url(), ", \"description\": \"" + i + "\"");
            }
            await().until(() -> answered.get() > 100);
            stop.set(true);
            load.join();
            assertThat(astray.get()).isEmpty();
            assertThat(gateway.get("/__routes").body()).contains("\"revision\":202");
        }
    }

    @Test
    void aWriteOnOneNodeIsServedByTheOther() {
        TestDatabase database = TestPostgres.newDatabase();
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestGateway one = TestGateway.start(database, TestGateway.newFolder());
                TestGateway other = TestGateway.start(database, TestGateway.newFolder())) {
            one.route("x", "/x", upstream.url());
            assertThat(one.get("/x").body()).isEqualTo("hello");
            await().until(() -> other.get("/x").statusCode() == 200);
            other.admin("DELETE", "/api/v1/routes/x", "");
            assertThat(other.get("/x").statusCode()).isEqualTo(404);
            await().until(() -> one.get("/x").statusCode() == 404);
        }
    }
}
