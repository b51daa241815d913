/** The {@code inkfast} command. Holds no package yet. */
module io.inkfast.cli {}
