package io.inkfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationsTest {

    private final List<String> closed = new ArrayList<>();
    private final Registrations registrations = new Registrations();

    @Test
    void closesEachOnceInItsOrder() {
        registrations.add(() -> closed.add("first"));
        registrations.add(null);
        registrations.add(() -> closed.add("second"));
        registrations.closeAll();
        registrations.closeAll();
        assertThat(closed).containsExactly("first", "second");
    }

    @Test
    void takesMoreAfterARestart() {
        registrations.add(() -> closed.add("first"));
        registrations.closeAll();
        registrations.add(() -> closed.add("second"));
        assertThat(closed).containsExactly("first");
        registrations.closeAll();
        assertThat(closed).containsExactly("first", "second");
    }
}
