package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink that takes whole batches from a front, such as the asynchronous one. It applies its own filters and does its
 * own encoding and retries.
 *
 * <p>One thread calls these methods. Events are numbered by the front: one, two, three, without gaps, and from one again
 * after the sink was started. The front keeps an event until it is settled; several batches may be on their way.
 *
 * <p>An event is <em>settled</em> when the sink is done with it: written, acknowledged by the peer, dead-lettered,
 * filtered out, or failed and recorded in the sink's own books.
 *
 * @since 0.1.0
 */
public interface BatchAppender extends Appender<ILoggingEvent>, Accounted {

    /**
     * Takes events from the front of {@code events}, without waiting for a sink that is out of order. Throws nothing.
     *
     * @param events        the batch; read only, and reused by the front when this call has returned: what is kept is
     *                      copied
     * @param firstSequence the number of the first event of the batch
     * @return how many were taken; the front offers the others again, later
     */
    int append(List<ILoggingEvent> events, long firstSequence);

    /**
     * The highest number up to which every event is settled by this sink's own standard: a file sink has handed it to
     * the operating system, a network sink has its acknowledgement. Does not wait, forces nothing to a device. The
     * front calls it again and again while events are unsettled, so what has to be tried again is tried here.
     */
    long settled();

    /**
     * Makes events durable: waits until all up to {@code sequence} are settled and on the device, where there is one.
     *
     * <p>A device that has refused once may have lost what it had taken, and confirm everything the next time. So from
     * then on the sink confirms nothing more, until it is offered again all that it has not confirmed: {@link #append}
     * goes back to the number that follows the one returned here.
     *
     * @return the highest number up to which every event is settled and durable; less than {@code sequence} if the limit
     *     passed, and less than {@link #settled} if the device refused
     */
    long sync(long sequence, Duration limit);

    /**
     * How often the sink was started. What it had taken and not settled when it was stopped, it has given up: a front that
     * sees another number than before offers that again, by whatever numbers. 0, the default, if the sink does not count; a
     * front then may lose what was under way when somebody starts the sink anew.
     */
    default int starts() {
        return 0;
    }

    /**
     * The encoder whose output this sink also takes from an {@link EncodedEvent}. When the queue is long, a front uses
     * it on another thread, ahead of the one that calls this sink. Null, the default, if it must not.
     */
    default @Nullable Encoder<ILoggingEvent> encoderAhead() {
        return null;
    }
}
