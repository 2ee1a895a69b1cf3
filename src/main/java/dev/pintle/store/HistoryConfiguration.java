package dev.pintle.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** The block {@code history} of config.yml. */
public final class HistoryConfiguration {
    @Min(1)
    @JsonProperty
    private int keep = 10_000;

    @NotNull
    @JsonProperty
    private Duration atLeast = Duration.days(90);

    /** The revisions that the history keeps. */
    public Retention retention() {
        return new Retention(keep, atLeast.toJavaDuration());
    }
}
