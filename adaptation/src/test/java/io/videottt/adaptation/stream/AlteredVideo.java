package io.videottt.adaptation.stream;

import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.ChangedVideo;
import io.videottt.catalog.video.Frame;
import java.util.function.UnaryOperator;

/** A synthetic video whose frames something happens to when they are read. */
public final class AlteredVideo extends ChangedVideo {

  private final UnaryOperator<Frame> alter;

  /**
   * @param alter may look at a frame, replace it or throw
   */
  public AlteredVideo(SyntheticVideo original, UnaryOperator<Frame> alter) {
    super(original);
    this.alter = alter;
  }

  /** A video with one frame's image inverted, or none where there is no such frame. */
  public static AlteredVideo inverted(SyntheticVideo original, int changed) {
    return new AlteredVideo(original, frame -> frame.index() == changed ? inverted(frame) : frame);
  }

  private static Frame inverted(Frame frame) {
    byte[] pixels = frame.image().pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (255 - (pixels[i] & 0xff));
    }
    RgbImage image = new RgbImage(frame.image().height(), frame.image().width(), pixels);
    return new Frame(frame.index(), frame.name(), image, frame.truth());
  }

  @Override
  protected Frame changed(Frame frame) {
    return alter.apply(frame);
  }
}
