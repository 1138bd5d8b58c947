package io.videottt.catalog.video;

import java.util.List;

/** A video whose frames are changed when they are read, and that is as the original else. */
public abstract class ChangedVideo implements Video {

  private final Video original;

  /**
   * @param original whose frames are changed
   */
  protected ChangedVideo(Video original) {
    this.original = original;
  }

  /** The video whose frames are changed. */
  public final Video original() {
    return original;
  }

  /** What a frame of the original becomes; the same every time. */
  protected abstract Frame changed(Frame frame);

  @Override
  public String id() {
    return original.id();
  }

  @Override
  public final int frameCount() {
    return original.frameCount();
  }

  @Override
  public final double framesPerSecond() {
    return original.framesPerSecond();
  }

  @Override
  public final String frameName(int index) {
    return original.frameName(index);
  }

  @Override
  public boolean annotated(int index) {
    return original.annotated(index);
  }

  @Override
  public final Frame read(int index) {
    return changed(original.read(index));
  }

  @Override
  public final FrameReader reader() {
    return original.reader().changed(this::changed);
  }

  @Override
  public final boolean oneFile() {
    return original.oneFile();
  }

  @Override
  public final List<String> notes() {
    return original.notes();
  }

  @Override
  public final List<String> unmatched() {
    return original.unmatched();
  }
}
