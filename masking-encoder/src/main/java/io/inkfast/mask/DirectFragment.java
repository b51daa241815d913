package io.inkfast.mask;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members of an object as JSON, and the names of those that are data. Immutable. */
final class DirectFragment {

    private final byte[] json;
    private final String[] names;
    private final boolean clean;

    /** @param clean whether nothing was found in it */
    DirectFragment(byte[] json, String[] names, boolean clean) {
        this.json = json;
        this.names = names;
        this.clean = clean;
    }

    /** One behind the other; null if they have a name in common. */
    static @Nullable DirectFragment of(DirectFragment... fragments) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        Set<String> names = new LinkedHashSet<>();
        int count = 0;
        boolean clean = true;
        for (DirectFragment fragment : fragments) {
            if (json.size() > 0 && fragment.json.length > 0) {
                json.write(',');
            }
            json.writeBytes(fragment.json);
            names.addAll(List.of(fragment.names));
            count += fragment.names.length;
            clean &= fragment.clean;
        }
        return names.size() < count
                ? null
                : new DirectFragment(json.toByteArray(), names.toArray(new String[0]), clean);
    }

    /** Whether it may be written again for another event: findings are counted for each, and large ones are not kept. */
    boolean isKept(int mostBytes) {
        return clean && json.length <= mostBytes;
    }

    /** False if one of its names is in the line already. */
    boolean write(DirectWriter to) {
        if (!to.take(names)) {
            return false;
        }
        to.line.members(json);
        return true;
    }
}
