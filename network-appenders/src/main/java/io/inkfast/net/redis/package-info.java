/** Streams of Redis. */
package io.inkfast.net.redis;
