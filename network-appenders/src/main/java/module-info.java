/** Shipping engine and its protocols. Holds no package yet. */
module io.inkfast.network {}
