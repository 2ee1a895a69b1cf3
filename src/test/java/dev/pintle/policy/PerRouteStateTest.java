package dev.pintle.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerRouteStateTest {
    private final PerRouteState states = new PerRouteState();

    @Test
    void aRecompiledRouteKeepsItsState() {
        Uses first = compiled("users");

        assertThat(compiled("users")).isSameAs(first);
        assertThat(compiled("orders")).isNotSameAs(first);
        assertThat(states.all(Uses.class)).containsOnlyKeys("orders", "users");
    }

    @Test
    void anUnusedStateIsRetiredOnceAndRemoved() {
        Uses state = compiled("users");

        states.release("users");
        states.settle();
        states.settle();

        assertThat(state.retired).isOne();
        assertThat(states.all(Uses.class)).isEmpty();
        assertThat(compiled("users")).isNotSameAs(state);
    }

    @Test
    void aStateThatIsInUseSurvivesTheRemovalOfItsRoute() {
        Uses state = compiled("users");
        state.inUse = 1;

        states.release("users");
        states.settle();
        assertThat(states.all(Uses.class)).isEmpty();
        assertThat(compiled("users")).isSameAs(state);
        assertThat(states.all(Uses.class)).containsOnlyKeys("users");

        states.release("users");
        states.settle();
        state.inUse = 0;
        states.settle();
        assertThat(compiled("users")).isNotSameAs(state);
    }

    @Test
    void otherStatesOfTheRouteStay() {
        Uses kept = compiled("users");
        states.claim("users", Other.class, Other::new);
        states.settle();

        assertThat(compiled("users")).isSameAs(kept);
        assertThat(states.all(Other.class)).isEmpty();
    }

    private Uses compiled(String route) {
        states.release(route);
        Uses state = states.claim(route, Uses.class, Uses::new);
        states.settle();
        return state;
    }

    private static final class Uses implements RouteState {
        private int inUse;
        private int retired;

        @Override
        public boolean isFresh() {
            return inUse == 0;
        }

        @Override
        public void retire() {
            retired++;
        }
    }

    private static final class Other implements RouteState {
        @Override
        public boolean isFresh() {
            return true;
        }
    }
}
