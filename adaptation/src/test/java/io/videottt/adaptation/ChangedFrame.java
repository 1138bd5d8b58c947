package io.videottt.adaptation;

import io.videottt.catalog.Frame;
import io.videottt.catalog.FrameStream;
import io.videottt.catalog.RgbImage;
import io.videottt.catalog.Video;

/** A video with one frame's image inverted. */
record ChangedFrame(SyntheticVideo original, int changed) implements Video {

  @Override
  public String id() {
    return original.id();
  }

  @Override
  public int frameCount() {
    return original.frameCount();
  }

  @Override
  public double framesPerSecond() {
    return original.framesPerSecond();
  }

  @Override
  public String frameName(int index) {
    return original.frameName(index);
  }

  @Override
  public boolean annotated(int index) {
    return original.annotated(index);
  }

  @Override
  public Frame read(int index) {
    Frame frame = original.read(index);
    if (index != changed) {
      return frame;
    }
    byte[] inverted = frame.image().pixels().clone();
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (byte) (255 - (inverted[i] & 0xff));
    }
    RgbImage image = new RgbImage(frame.image().height(), frame.image().width(), inverted);
    return new Frame(index, frame.name(), image, frame.truth());
  }

  @Override
  public FrameStream stream() {
    return SyntheticVideo.stream(this);
  }
}
