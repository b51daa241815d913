/** Elasticsearch and OpenSearch. */
package io.inkfast.net.elastic;
