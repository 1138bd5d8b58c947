package io.videottt.adaptation.frames;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.io.config.Require;
import java.io.Serializable;

/**
 * A random scale of the images that samples of a fixed size are cut out of, the aspect kept. Where
 * a scaled image is smaller than the sample, the rest of it is filled at the right and at the
 * bottom.
 *
 * @param minimum smallest scale
 * @param maximum largest scale
 * @param of what a scale of 1 is
 * @param padding colour of what lies beyond the image, 0 to 255 in all channels
 */
public record ScaleJitter(double minimum, double maximum, Reference of, int padding)
    implements Serializable {

  /** What decides that images are not scaled, as a file of settings gives it. */
  public static final String NONE = "{minimum: 1, maximum: 1, of: frame}";

  private static final double SMALLEST = 0.01;
  private static final double LARGEST = 100;
  private static final int GREY = 128;

  /** What a scale of 1 is. */
  public enum Reference {
    /** The image as it is: random scale and crop, as for Cityscapes (method.md, Section 3). */
    @JsonProperty("frame")
    FRAME,
    /**
     * The image as large as fits into the sample: large-scale jitter, as for COCO (method.md,
     * Section 9.6; Ghiasi et al., 2021).
     */
    @JsonProperty("crop")
    CROP
  }

  /** Checks every value. */
  public ScaleJitter {
    Require.within("minimum", minimum, SMALLEST, LARGEST);
    Require.within("maximum", maximum, minimum, LARGEST);
    Require.present("of", of);
    Require.within("padding", padding, 0, 255);
  }

  /** The image as it is, always. */
  public static ScaleJitter none() {
    return new ScaleJitter(1, 1, Reference.FRAME, GREY);
  }

  /** Whether images are scaled at all. */
  public boolean scales() {
    return minimum != 1 || maximum != 1 || of != Reference.FRAME;
  }
}
