package io.videottt.catalog.video;

import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.LumaChroma;
import java.util.List;

/**
 * A video without its colours, which are the ground truth of colorization: every frame shows its
 * luma in three channels. A frame needs no annotation, so that all of them are annotated.
 *
 * <p>Where a split names shifts, the truth is the shifted frame as it would be shown in colour:
 * what is looked for are the colours of this picture, not those before the damage.
 */
public final class GrayVideo implements Video {

  private final Video original;

  /**
   * @param original in colour, shifts included, opened without any ground truth
   */
  public GrayVideo(Video original) {
    this.original = original;
  }

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
    return true;
  }

  @Override
  public Frame read(int index) {
    return gray(original.read(index));
  }

  @Override
  public FrameReader reader() {
    return original.reader().changed(GrayVideo::gray);
  }

  private static Frame gray(Frame frame) {
    RgbImage colours = frame.image();
    RgbImage gray =
        new RgbImage(colours.height(), colours.width(), LumaChroma.gray(colours.pixels()));
    return new Frame(frame.index(), frame.name(), gray, GroundTruth.ofColours(colours));
  }

  @Override
  public boolean oneFile() {
    return original.oneFile();
  }

  @Override
  public List<String> notes() {
    return original.notes();
  }

  @Override
  public List<String> unmatched() {
    return original.unmatched();
  }
}
