/** Syslog, over UDP, TCP, TLS and RELP. */
package io.inkfast.net.syslog;
