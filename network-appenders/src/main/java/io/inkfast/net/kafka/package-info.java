/** Apache Kafka. */
package io.inkfast.net.kafka;
