package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.ManualTicker;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write that conflicts with other writes is repeated for a bounded time. */
class ConfigurationWriterTest {
    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger tries = new AtomicInteger();

    private AdminApiHarness harness;
    private ConfigurationWriter writer;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        harness = new AdminApiHarness(folder);
        writer = new ConfigurationWriter(harness.sync, ticker);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aConflictingWriteIsRepeatedUntilItSucceeds() throws Exception {
        Response response = writer.repeat(() -> {
            if (tries.incrementAndGet() < 50) {
                throw new EditRejectedException(Reason.PRECONDITION, "a", "someone was first");
            }
            return Response.ok().build();
        });

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(tries).hasValue(50);
    }

    @Test
    void afterTenSecondsOfConflictsTheWriteFailsWithRetryAfter() {
        ApiException refusal = catchThrowableOfType(
                ApiException.class,
                () -> writer.repeat(() -> {
                    ticker.advance(Duration.ofSeconds(4));
                    tries.incrementAndGet();
                    throw new EditRejectedException(Reason.PRECONDITION, "a", "someone was first");
                }));

        assertThat(tries).hasValue(3);
        assertThat(refusal.problem().reason()).isEqualTo(ApiErrorCode.STORE_BUSY);
        assertThat(refusal.problem().reason().status()).isEqualTo(503);
        assertThat(refusal.problem().fields()).containsEntry("Retry-After", "1");
    }

    @Test
    void aRejectionOfAnotherKindIsNotRepeated() {
        EditRejectedException refusal = catchThrowableOfType(
                EditRejectedException.class,
                () -> writer.repeat(() -> {
                    tries.incrementAndGet();
                    throw new EditRejectedException(Reason.MATCH_TAKEN, "a", "the match is taken");
                }));

        assertThat(refusal.reason()).isEqualTo(Reason.MATCH_TAKEN);
        assertThat(tries).hasValue(1);
    }
}
