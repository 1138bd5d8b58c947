/** The Swin encoder. */
package io.videottt.model.swin;
