/** To Logstash, acknowledged. */
package io.inkfast.net.lumberjack;
