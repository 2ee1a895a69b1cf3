package dev.pintle.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** All heads together use at most the budget, and return their memory. */
class HeadBudgetTest {
    private final HeadBudget budget = new HeadBudget(100 << 10);

    @Test
    void anOrdinaryHeadUsesNoBudget() {
        assertThat(budget.share().grow(4 << 10)).isTrue();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void aHeadUsesItsTotalCost() {
        HeadBudget.Share share = budget.share();
        assertThat(share.grow(5 << 10)).isTrue();
        assertThat(share.grow(6 << 10)).isTrue();
        assertThat(share.grow(6 << 10)).isTrue();
        assertThat(budget.taken()).isEqualTo(2 * (8 << 10));
    }

    @Test
    void aHeadBeyondTheBudgetIsRejectedAndUsesNoMore() {
        HeadBudget.Share large = budget.share();
        assertThat(large.grow(14 << 10)).isTrue();
        HeadBudget.Share next = budget.share();
        assertThat(next.grow(8 << 10)).isFalse();
        assertThat(next.grow(4 << 10)).isTrue();
        assertThat(budget.taken()).isEqualTo(10 * (8 << 10));
        large.release();
        assertThat(next.grow(8 << 10)).isTrue();
    }

    @Test
    void aSecondReleaseHasNoEffect() {
        HeadBudget.Share one = budget.share();
        HeadBudget.Share other = budget.share();
        one.grow(6 << 10);
        other.grow(6 << 10);
        one.release();
        one.release();
        assertThat(budget.taken()).isEqualTo(2 * (8 << 10));
        assertThat(one.grow(14 << 10)).isTrue();
        assertThat(budget.taken()).isEqualTo(2 * (8 << 10));
    }
}
