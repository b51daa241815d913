/** Keysets: where they come from, and what is done with them. Google Tink works inside, loaded only when one is named. */
@NullMarked
package io.inkfast.keys;

import org.jspecify.annotations.NullMarked;
