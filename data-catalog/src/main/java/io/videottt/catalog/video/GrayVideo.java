package io.videottt.catalog.video;

import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.LumaChroma;

/**
 * A video without its colours, which are the ground truth of colorization: every frame shows its
 * luma in three channels. A frame needs no annotation, so that all of them are annotated, but for
 * those of a film that has never had colours.
 *
 * <p>Where a split names shifts, the truth is the shifted frame as it would be shown in colour:
 * what is looked for are the colours of this picture, not those before the damage.
 */
public final class GrayVideo extends ChangedVideo {

  private final boolean coloured;

  /**
   * @param original in colour, shifts included, opened without any ground truth
   */
  public GrayVideo(Video original) {
    this(original, true);
  }

  /**
   * As above.
   *
   * @param coloured whether what the original shows are its true colours; false for one in black
   *     and white, whose frames have no ground truth
   */
  public GrayVideo(Video original, boolean coloured) {
    super(original);
    this.coloured = coloured;
  }

  @Override
  public boolean annotated(int index) {
    return coloured;
  }

  @Override
  protected Frame changed(Frame frame) {
    RgbImage colours = frame.image();
    RgbImage gray =
        new RgbImage(colours.height(), colours.width(), LumaChroma.gray(colours.pixels()));
    GroundTruth truth = coloured ? GroundTruth.ofColours(colours) : GroundTruth.none();
    return new Frame(frame.index(), frame.name(), gray, truth);
  }
}
