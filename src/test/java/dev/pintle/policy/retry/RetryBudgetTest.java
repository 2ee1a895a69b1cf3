package dev.pintle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final ManualTicker ticker = new ManualTicker();
    private final RetryBudget budget = new RetryBudget(20, ticker);

    @Test
    void aNewBudgetIsFull() {
        assertThat(taken()).isEqualTo(30);
    }

    @Test
    void aBudgetIsForgettableWhileItIsFull() {
        assertThat(budget.isFresh()).isTrue();
        budget.take();
        assertThat(budget.isFresh()).isFalse();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(budget.isFresh()).isTrue();
    }

    @Test
    void aRequestAddsItsPercentage() {
        taken();
        for (int i = 0; i < 50; i++) {
            budget.add();
        }
        assertThat(taken()).isEqualTo(10);
    }

    @Test
    void aSecondAddsThreeRetries() {
        taken();
        ticker.advance(Duration.ofMillis(1_500));
        assertThat(taken()).isEqualTo(4);
        ticker.advance(Duration.ofMillis(500));
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void aBudgetHoldsAtMostThirtyRetries() {
        ticker.advance(Duration.ofHours(1));
        budget.add();
        assertThat(taken()).isEqualTo(30);
    }

    @Test
    void aChangedPercentageKeepsTheLevel() {
        taken();
        budget.percent(100);
        assertThat(taken()).isZero();
        budget.add();
        assertThat(taken()).isEqualTo(1);
    }

    private int taken() {
        int taken = 0;
        while (budget.take()) {
            taken++;
        }
        return taken;
    }
}
