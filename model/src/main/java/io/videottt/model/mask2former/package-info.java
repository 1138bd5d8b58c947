/**
 * Mask2Former: pixel decoder, mask decoder, matching and loss, and the masks that its queries give.
 */
package io.videottt.model.mask2former;
