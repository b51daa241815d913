package io.inkfast.mask;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a field, decided upon once. Immutable.
 *
 * @param json with quotes and colon; null if Jackson must write what stands under the name
 * @param type what the value is hidden as, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DirectName(String original, byte @Nullable [] json, int type) {

    static DirectName of(String name, @Nullable Redactor redactor, Set<String> reserved) {
        boolean plain = !reserved.contains(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain &= c >= ' ' && c < 0x7F && c != '"' && c != '\\';
        }
        int type = -1;
        if (redactor != null && plain) {
            Redactor.Name decided = redactor.name(name);
            type = decided.type();
            plain = !decided.named() && decided.shown().equals(name); // a named value waits for its name
            plain &= type < 0 || !redactor.replacement(type).removes();
        }
        return new DirectName(name, plain ? DirectWriter.ascii('"' + name + "\":") : null, type);
    }
}
