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
      throw new InvalidInputException("%s: not a PNG or JPEG image".formatted(source));
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
        throw new InvalidInputException(
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

  private static void requireWholeJpeg(byte[] bytes, String source) {
    // Cameras and editors may append data: the last end marker is what must be there.
    for (int i = bytes.length - 2; i >= 2; i--) {
      if (unsigned(bytes[i]) == JPEG_MARKER && unsigned(bytes[i + 1]) == JPEG_END) {
        return;
      }
    }
    throw truncated(source);
  }

  private static InvalidInputException truncated(String source) {
    return new InvalidInputException(
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
