package io.videottt.catalog.image;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The format of an image file by its first bytes, whatever its name ends in. */
enum ImageFormat {
  /** Portable Network Graphics. */
  PNG,
  /** JPEG, with or without JFIF or EXIF. */
  JPEG;

  /** What people take for a PNG or JPEG file; {@code ?} stands for any byte. */
  private static final List<Other> OTHERS =
      List.of(
          picture("GIF8", "a GIF image"),
          picture("RIFF????WEBP", "a WebP image"),
          picture("BM", "a BMP image"),
          picture("II*\0", "a TIFF image"),
          picture("MM\0*", "a TIFF image"),
          picture("????ftyphe", "a HEIC image"),
          picture("????ftypmif1", "a HEIF image"),
          picture("????ftypavi", "an AVIF image"),
          picture("\0\0\0\fjP  ", "a JPEG 2000 image"),
          picture("\u00ffO\u00ffQ", "a JPEG 2000 image"),
          picture("\0\0\0\fJXL ", "a JPEG XL image"),
          picture("\u00ff\n", "a JPEG XL image"),
          picture("P5", "a PGM image"),
          picture("P6", "a PPM image"),
          picture("<svg", "an SVG image"),
          new Other("????ftyp", "an MP4 or QuickTime video; save its frames as images"),
          new Other("RIFF????AVI ", "an AVI video; save its frames as images"),
          new Other("version https://git-lfs", "a pointer of Git LFS; run git lfs pull"));

  private record Other(String start, String what) {}

  private static Other picture(String start, String what) {
    return new Other(start, what + "; convert it to PNG");
  }

  /**
   * The format.
   *
   * @param source file name for messages
   * @throws InvalidInputException naming what the file is instead, where that is known
   */
  static ImageFormat of(byte[] bytes, String source) {
    if (startsWith(bytes, "\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (startsWith(bytes, "\u00ff\u00d8")) {
      return JPEG;
    }
    throw FileProblem.unreadable(source, "not a PNG or JPEG image" + instead(bytes));
  }

  private static String instead(byte[] bytes) {
    if (bytes.length == 0) {
      return ": the file is empty; copy it again";
    }
    Optional<Other> other =
        OTHERS.stream().filter(format -> startsWith(bytes, format.start())).findFirst();
    return other.map(format -> " but " + format.what()).orElse("");
  }

  private static boolean startsWith(byte[] bytes, String start) {
    byte[] expected = start.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != '?' && expected[i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
