package io.videottt.jobs.results;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.jobs.drawing.Overlays;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Pictures that results keep of frames. Results may come from anywhere, and so may they. */
public final class KeptPicture {

  private KeptPicture() {}

  /**
   * The pixels of a picture.
   *
   * @param file PNG or JPEG
   * @return empty where the file is no sound picture
   */
  public static Optional<BufferedImage> pixels(byte[] file) {
    try {
      return Optional.of(Overlays.picture(ImageDecoder.decodeColour(file, "a kept picture")));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
