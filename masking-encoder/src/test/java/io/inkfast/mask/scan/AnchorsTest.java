package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorsTest {

    private static Anchors anchors(int handler) {
        return new Anchors.Builder().window(handler, "a", "b", "c", "d").build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 31})
    void asksTheHandlerOfAWindowAndNoOther(int handler) {
        assertThat(anchors(handler).asked("abcd".toCharArray(), 3)).isEqualTo(1 << handler);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 32, 64})
    void refusesAHandlerThatWouldBeTakenForAnother(int handler) {
        assertThatThrownBy(() -> anchors(handler))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("handler [" + handler + "] is not from 0 to 31");
    }

    @Test
    void eachDetectorHasANumberOfItsOwn() throws IllegalAccessException {
        List<Integer> handlers = new ArrayList<>();
        for (Field field : Detectors.class.getDeclaredFields()) {
            if (field.getType() == int.class && !field.isSynthetic()) {
                field.setAccessible(true);
                handlers.add(field.getInt(null));
            }
        }
        assertThat(handlers).hasSizeGreaterThan(30).doesNotHaveDuplicates().allMatch(each -> each < Anchors.HANDLERS);
    }
}
