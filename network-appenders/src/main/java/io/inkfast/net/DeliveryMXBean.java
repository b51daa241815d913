package io.inkfast.net;

/**
 * The management view of a delivery, beside that of every appender: {@code io.inkfast:type=Delivery,context=...,name=...}.
 * The numbers are those of {@link DeliveryCounts}.
 *
 * @since 0.1.0
 */
public interface DeliveryMXBean {

    long getSent();

    long getAcknowledged();

    long getDuplicates();

    long getRepeated();

    long getDeadLettered();
}
