package io.inkfast.recorder;

import java.time.Instant;

/**
 * A file of events that was written.
 *
 * @param file   its name in the directory
 * @param events how many are in it
 * @param last   the time of the last one
 */
record Dump(String file, int events, Instant last) {}
