package io.inkfast.net;

import java.io.IOException;

/** Where messages go that no peer will ever take. The sender's thread. */
interface DeadLetters {

    /**
     * Keeps the message aside; when this returns it is on the device.
     *
     * @param endpoint who refused it
     * @param why      what it said
     * @return false if there is no such place: then the message is lost, and counted as failed
     */
    boolean add(Message message, String endpoint, String why) throws IOException;

    void close();
}
