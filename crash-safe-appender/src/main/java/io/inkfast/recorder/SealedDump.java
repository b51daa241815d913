package io.inkfast.recorder;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.RecordOpener;
import io.inkfast.keys.RecordSeal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A dump whose events are encrypted, {@code flight-dump-*.sealed}: a line with what the ring said of itself, in which is what
 * opens the events, beside the keyset; then a line for each record of the ring, in base64. One thread.
 *
 * @since 0.1.0
 */
public final class SealedDump {

    private SealedDump() {}

    /** Whether a file has the name of one. */
    public static boolean is(Path file) {
        String name = String.valueOf(file.getFileName());
        return FlightNames.isDump(name) && FlightNames.isSealed(name);
    }

    /**
     * Hands over the events, in their order.
     *
     * @return how many the keyset does not open
     * @throws KeysetException if a KMS cannot be asked
     */
    public static long read(Path file, EncryptionKeyset keyset, FlightRing.Sink sink)
            throws IOException, KeysetException {
        long locked = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String description = lines.readLine();
            RecordOpener opener = RecordOpener.of(
                    keyset, description == null ? List.of() : List.of(description), RecordSeal.Purpose.RING);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] record = Base64.getDecoder().decode(line);
                FlightEvent event =
                        record.length < RingFormat.RECORD_HEADER ? null : new FlightEvent(record).opened(opener);
                if (event == null) {
                    locked++;
                } else {
                    sink.accept(event);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("[" + file + "] is not as it was written");
        }
        return locked;
    }
}
