/** In the package of the library: how fast a frame is made and read is not for its users to ask. */
@org.jspecify.annotations.NullMarked
package io.inkfast.encrypt;
