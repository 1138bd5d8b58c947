package io.videottt.catalog.video;

import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.LumaChroma;

/**
 * A video without its colours, which are the ground truth of colorization: every frame shows its
 * luma in three channels. A frame needs no annotation, so that all of them are annotated.
 *
 * <p>Where a split names shifts, the truth is the shifted frame as it would be shown in colour:
 * what is looked for are the colours of this picture, not those before the damage.
 */
public final class GrayVideo extends ChangedVideo {

  /**
   * @param original in colour, shifts included, opened without any ground truth
   */
  public GrayVideo(Video original) {
    super(original);
  }

  @Override
  public boolean annotated(int index) {
    return true;
  }

  @Override
  protected Frame changed(Frame frame) {
    RgbImage colours = frame.image();
    RgbImage gray =
        new RgbImage(colours.height(), colours.width(), LumaChroma.gray(colours.pixels()));
    return new Frame(frame.index(), frame.name(), gray, GroundTruth.ofColours(colours));
  }
}
