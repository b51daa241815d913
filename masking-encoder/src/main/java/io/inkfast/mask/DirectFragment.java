package io.inkfast.mask;

/** Members of an object as JSON, and the names of those that are data. */
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

    /** Whether it may be written again for another event: findings are counted for each, and large ones are not kept. */
    boolean isKept(int mostBytes) {
        return clean && json.length <= mostBytes;
    }

    /** False if one of its names is in the line already. */
    boolean write(DirectWriter to) {
        for (String name : names) {
            if (!to.take(name)) {
                return false;
            }
        }
        to.line.members(json);
        return true;
    }
}
