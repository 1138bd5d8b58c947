package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Finds out whether an image file is whole before it is decoded: decoders may fill the missing rest
 * of a file with black without a word.
 */
final class ImageFileCheck {

  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int JPEG_MARKER = 0xff;
  private static final int JPEG_START = 0xd8;
  private static final int JPEG_END = 0xd9;
  private static final int JPEG_SCAN = 0xda;

  private ImageFileCheck() {}

  /**
   * @throws InvalidInputException when the bytes are neither PNG nor JPEG, or end too early
   */
  static void requireWhole(byte[] bytes, String source) {
    if (startsWith(bytes, PNG_SIGNATURE)) {
      requireWholePng(bytes, source);
    } else if (bytes.length > 2
        && unsigned(bytes[0]) == JPEG_MARKER
        && unsigned(bytes[1]) == JPEG_START) {
      requireWholeJpeg(bytes, source);
    } else {
      throw new FileProblem(
          CatalogCheck.Kind.UNREADABLE, "%s: not a PNG or JPEG image".formatted(source));
    }
  }

  private static void requireWholePng(byte[] bytes, String source) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int position = PNG_SIGNATURE.length;
    while (position + 12 <= bytes.length) {
      int length = buffer.getInt(position);
      if (length < 0 || length > bytes.length - position - 12) {
        throw truncated(source);
      }
      String type = new String(bytes, position + 4, 4, StandardCharsets.ISO_8859_1);
      CRC32 checksum = new CRC32();
      checksum.update(bytes, position + 4, length + 4);
      if ((int) checksum.getValue() != buffer.getInt(position + 8 + length)) {
        throw new FileProblem(
            CatalogCheck.Kind.UNREADABLE,
            "%s: the image is damaged: wrong checksum of its %s chunk"
                .formatted(source, type.replaceAll("[^A-Za-z]", "?")));
      }
      if (type.equals("IEND")) {
        return;
      }
      position += 12 + length;
    }
    throw truncated(source);
  }

  /**
   * Walks from marker to marker up to the end marker of the image itself; one of a preview that is
   * embedded in a segment does not count.
   */
  private static void requireWholeJpeg(byte[] bytes, String source) {
    int position = 2;
    while (position + 1 < bytes.length) {
      int marker = unsigned(bytes[position + 1]);
      if (unsigned(bytes[position]) != JPEG_MARKER) {
        throw new FileProblem(
            CatalogCheck.Kind.UNREADABLE,
            "%s: the image is damaged at byte %d".formatted(source, position));
      }
      if (marker == JPEG_END) {
        return;
      }
      if (marker == JPEG_MARKER || isStandalone(marker)) {
        position += marker == JPEG_MARKER ? 1 : 2;
        continue;
      }
      if (position + 3 >= bytes.length) {
        break;
      }
      position += 2 + (unsigned(bytes[position + 2]) << 8 | unsigned(bytes[position + 3]));
      if (marker == JPEG_SCAN) {
        position = endOfScan(bytes, position);
      }
    }
    throw truncated(source);
  }

  /** Position of the next marker that ends compressed data. */
  private static int endOfScan(byte[] bytes, int start) {
    int position = start;
    while (position + 1 < bytes.length) {
      int next = unsigned(bytes[position + 1]);
      boolean data = unsigned(bytes[position]) != JPEG_MARKER || next == 0 || isStandalone(next);
      if (!data) {
        return position;
      }
      position++;
    }
    return position;
  }

  /** Restart markers and the like, which have no length. */
  private static boolean isStandalone(int marker) {
    return marker >= 0xd0 && marker <= 0xd7 || marker == 0x01;
  }

  private static InvalidInputException truncated(String source) {
    return new FileProblem(
        CatalogCheck.Kind.UNREADABLE,
        "%s: the image is cut off; copy the file again".formatted(source));
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static int unsigned(byte value) {
    return value & 0xff;
  }
}
