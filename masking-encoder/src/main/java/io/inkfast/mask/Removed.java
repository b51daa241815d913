package io.inkfast.mask;

import io.inkfast.mask.scan.Replacement;

/** Leaves nothing of a value; a field goes with its name. */
record Removed() implements Replacement {

    @Override
    public String of(String value) {
        return "";
    }

    @Override
    public boolean removes() {
        return true;
    }
}
