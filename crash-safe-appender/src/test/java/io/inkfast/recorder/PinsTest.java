package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PinsTest {

    private final Pins pins = new Pins(4);

    @Test
    void letsManyOfOneLapIn() {
        assertThat(pins.enter(2)).isTrue();
        assertThat(pins.enter(2)).isTrue();
        assertThat(pins.enter(3)).isTrue();
    }

    @Test
    void keepsTheNextLapOutUntilTheLastOneHasLeft() {
        pins.enter(2);
        pins.enter(2);
        assertThat(pins.enter(6)).isFalse();
        pins.leave(2);
        assertThat(pins.enter(6)).isFalse();
        assertThat(pins.enter(10)).isFalse();
        pins.leave(2);
        assertThat(pins.enter(6)).isTrue();
    }

    @Test
    void keepsOutWhoComesALapTooLate() {
        pins.enter(6);
        assertThat(pins.enter(2)).isFalse();
        pins.leave(6);
        assertThat(pins.enter(2)).isFalse();
        assertThat(pins.enter(6)).isTrue();
    }
}
