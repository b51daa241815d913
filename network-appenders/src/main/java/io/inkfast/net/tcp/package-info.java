/** Lines over TCP. */
package io.inkfast.net.tcp;
