package io.inkfast.mask;

/** Members of an object as JSON, and the names of those that are data. */
final class DirectFragment {

    private final byte[] json;
    private final String[] names;

    DirectFragment(byte[] json, String[] names) {
        this.json = json;
        this.names = names;
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
