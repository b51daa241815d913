/** Whatever takes events over HTTP: lines or arrays of JSON, Splunk, Loki. */
package io.inkfast.net.http;
