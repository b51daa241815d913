/** Datagrams. */
package io.inkfast.net.udp;
