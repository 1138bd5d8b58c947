package io.videottt.catalog.film;

import io.videottt.base.InvalidInputException;

/**
 * What films are written as. H.264 in MP4, which every browser and player shows, by OpenH264, whose
 * license (BSD, 2 clauses) lets the LGPL build of FFmpeg hold it, as x264's (GPL) does not; and VP9
 * in WebM for frames that OpenH264 does not take.
 */
public enum FilmFormat {
  /** H.264 in MP4. */
  MP4("mp4", "libopenh264"),
  /** VP9 in WebM. */
  WEBM("webm", "libvpx-vp9");

  /** Side of the square that H.264 cuts frames into. */
  private static final int BLOCK = 16;

  /** Blocks of a frame at H.264's level 5.2, the last that OpenH264 knows. */
  private static final int MOST_BLOCKS = 36_864;

  /** Blocks of a side: the square root of eight times as many. */
  private static final int LONGEST_SIDE = 543;

  /** Of VP9. */
  private static final int LARGEST_SIDE = 16_384;

  private final String container;
  private final String encoder;

  FilmFormat(String container, String encoder) {
    this.container = container;
    this.encoder = encoder;
  }

  /**
   * The format of frames of a size: MP4 where it can be.
   *
   * @throws InvalidInputException when no format holds such frames
   */
  public static FilmFormat of(int height, int width) {
    if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
      throw new InvalidInputException(
          "a video of %d x %d pixels (width x height) cannot be written, its sides are 1 to %d"
              .formatted(width, height, LARGEST_SIDE));
    }
    int rows = (height + BLOCK - 1) / BLOCK;
    int columns = (width + BLOCK - 1) / BLOCK;
    boolean fits =
        height >= BLOCK
            && width >= BLOCK
            && rows <= LONGEST_SIDE
            && columns <= LONGEST_SIDE
            && rows * columns <= MOST_BLOCKS;
    return fits ? MP4 : WEBM;
  }

  /** FFmpeg's name of the container, and what names of files end in after a dot. */
  public String extension() {
    return container;
  }

  /** FFmpeg's name. */
  String encoder() {
    return encoder;
  }
}
