/**
 * Delivery over a network: batches, acknowledgements, retries, dead letters. The one place that knows them; each protocol
 * has a package of its own.
 */
package io.inkfast.net;
