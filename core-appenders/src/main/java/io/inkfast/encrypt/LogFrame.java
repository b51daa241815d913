package io.inkfast.encrypt;

/**
 * What one frame of an encrypted log held: the encoder's bytes, usually some hundred whole lines. A line that is very long
 * may go on in the next frame.
 *
 * @param file        id of the file, in hexadecimal digits
 * @param number      of the frame, from 0 on in the file
 * @param session     from 0 on in the file: a new one begins each time the file was opened
 * @param firstMillis time of the first event, milliseconds since 1970; 0 if no event ends in the frame
 * @param lastMillis  time of the last one
 * @param events      how many events end in it
 * @param bytes       what the encoder made of them; not to be changed
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LogFrame(
        String file, long number, int session, long firstMillis, long lastMillis, int events, byte[] bytes) {}
