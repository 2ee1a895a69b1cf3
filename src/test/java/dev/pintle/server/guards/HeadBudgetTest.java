package dev.pintle.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** All heads together take no more memory than the budget has, and give back what they took. */
class HeadBudgetTest {
    private final HeadBudget budget = new HeadBudget(100 << 10);

    @Test
    void anOrdinaryHeadTakesNothing() {
        assertThat(budget.share().grow(4 << 10)).isTrue();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void aHeadTakesWhatItsBytesCostInAll() {
        HeadBudget.Share share = budget.share();
        assertThat(share.grow(5 << 10)).isTrue();
        assertThat(share.grow(6 << 10)).isTrue();
        assertThat(share.grow(6 << 10)).isTrue();
        assertThat(budget.taken()).isEqualTo(2 * (8 << 10));
    }

    @Test
    void aHeadThatFindsNoRoomIsRefusedAndTakesNoMore() {
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
    void whatIsReleasedTwiceIsGivenBackOnce() {
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
