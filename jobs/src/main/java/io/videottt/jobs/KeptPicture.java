package io.videottt.jobs;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.ImageDecoder;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Pictures that results keep of frames. Results may come from anywhere, and so may they. */
final class KeptPicture {

  private KeptPicture() {}

  /**
   * The pixels of a picture.
   *
   * @param file PNG or JPEG
   * @return empty where the file is no sound picture
   */
  static Optional<BufferedImage> pixels(byte[] file) {
    try {
      return Optional.of(Overlays.picture(ImageDecoder.decodeColour(file, "a kept picture")));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
