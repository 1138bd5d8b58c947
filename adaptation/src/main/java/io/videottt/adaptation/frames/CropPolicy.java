package io.videottt.adaptation.frames;

import java.util.random.RandomGenerator;

/**
 * How training samples are cut out of a frame at working resolution. Either a random share of the
 * sides, aspect kept, enlarged to the whole frame's size again; or a window of fixed size.
 *
 * @param minimumSide smallest share of the sides, above 0
 * @param maximumSide largest share of the sides, at most 1
 * @param height rows of a window of fixed size, or 0 to crop by share
 * @param width columns of a window of fixed size, or 0 to crop by share
 * @param flip whether samples are mirrored left to right with probability one half
 */
public record CropPolicy(
    double minimumSide, double maximumSide, int height, int width, boolean flip)
    implements SamplePolicy {

  @Override
  public WorkingSize.Size sampleSize(WorkingSize.Size frame) {
    return height == 0
        ? frame
        : new WorkingSize.Size(Math.min(height, frame.height()), Math.min(width, frame.width()));
  }

  @Override
  public SampleView view(RandomGenerator random, WorkingSize.Size frame, WorkingSize.Size sample) {
    return new ResampledCrop(draw(random, frame), sample.height(), sample.width());
  }

  /** Draws one sample's place: side, top, left, mirrored, always in this order. */
  public Crop draw(RandomGenerator random, WorkingSize.Size frame) {
    double cropHeight;
    double cropWidth;
    double top;
    double left;
    if (height == 0) {
      double side = minimumSide + (maximumSide - minimumSide) * random.nextDouble();
      cropHeight = side * frame.height();
      cropWidth = side * frame.width();
      top = (frame.height() - cropHeight) * random.nextDouble();
      left = (frame.width() - cropWidth) * random.nextDouble();
    } else {
      WorkingSize.Size size = sampleSize(frame);
      cropHeight = size.height();
      cropWidth = size.width();
      top = random.nextInt(frame.height() - size.height() + 1);
      left = random.nextInt(frame.width() - size.width() + 1);
    }
    boolean mirrored = flip && random.nextBoolean();
    return new Crop(top, left, cropHeight, cropWidth, mirrored);
  }

  /**
   * A rectangle of a frame, in pixels of the frame.
   *
   * @param top first row, may lie between pixels
   * @param left first column, may lie between pixels
   * @param mirrored whether left and right change places
   */
  public record Crop(double top, double left, double height, double width, boolean mirrored) {

    /** The whole frame. */
    public static Crop whole(int height, int width) {
      return new Crop(0, 0, height, width, false);
    }
  }
}
