package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectFragmentTest {

    private static DirectFragment fragment(String json, boolean clean, String... names) {
        return new DirectFragment(DirectWriter.ascii(json), names, clean);
    }

    @Test
    void joinsMembersWithCommas() {
        DirectFragment joined = DirectFragment.of(
                fragment("\"a\":1", true, "a"), fragment("", true), fragment("\"b\":2,\"c\":3", true, "b", "c"));
        assertThat(joined.isKept("\"a\":1,\"b\":2,\"c\":3".length())).isTrue();
        assertThat(joined.isKept("\"a\":1,\"b\":2,\"c\":3".length() - 1)).isFalse();
    }

    @Test
    void joinsNoNamesThatAreTheSame() {
        assertThat(DirectFragment.of(fragment("\"a\":1", true, "a"), fragment("\"a\":2", true, "a")))
                .isNull();
    }

    @Test
    void isNotKeptIfSomethingWasFoundInOneOfThem() {
        assertThat(DirectFragment.of(fragment("\"a\":1", true, "a"), fragment("\"b\":2", false, "b"))
                        .isKept(100))
                .isFalse();
    }
}
