/** The feature pyramid over convolutional or Swin stages, which scores every pixel. */
package io.videottt.model.pyramid;
