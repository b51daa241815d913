package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopLevelNamesTest {

    private final TopLevelNames names = new TopLevelNames(Set.of("message", "stack_trace"));

    @Test
    void leavesTheEncodersOwnNames() {
        names.begin();
        assertThat(names.unique("message")).isEqualTo("message");
        names.data(true);
        assertThat(names.unique("message")).isEqualTo("message_1");
        assertThat(names.unique("message")).isEqualTo("message_2");
        assertThat(names.unique("stack_trace")).isEqualTo("stack_trace_1");
        names.data(false);
        assertThat(names.unique("stack_trace")).isEqualTo("stack_trace");
    }

    @Test
    void givesEachNameOnce() {
        for (int event = 0; event < 2; event++) {
            names.begin();
            names.data(true);
            String first = "a";
            assertThat(names.unique(first)).isSameAs(first);
            assertThat(names.unique("a_1")).isEqualTo("a_1");
            assertThat(names.unique("a")).isEqualTo("a_2");
            assertThat(names.unique("b")).isEqualTo("b");
        }
    }

    @Test
    void keepsUpWithAFlood() {
        names.begin();
        names.data(true);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(names.unique(i % 2 == 0 ? "same" : "k" + i))).isTrue();
        }
    }
}
