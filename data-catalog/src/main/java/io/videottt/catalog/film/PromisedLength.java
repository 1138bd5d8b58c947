package io.videottt.catalog.film;

/**
 * How long a container says that it is in its first bytes. Matroska and AVI files that are cut off
 * end like whole ones, but for this.
 */
final class PromisedLength {

  /** Bytes from the beginning of a file that are enough. */
  static final int HEAD_BYTES = 128;

  private static final int EBML = 0x1a45dfa3;
  private static final int SEGMENT = 0x18538067;
  private static final int RIFF = 0x52494646;
  private static final int RIFF_HEADER_BYTES = 8;

  private PromisedLength() {}

  /**
   * The least bytes of a whole file.
   *
   * @param head its first bytes, fewer where it has fewer
   * @return 0 where they say nothing
   */
  static long of(byte[] head) {
    if (head.length < RIFF_HEADER_BYTES) {
      return 0;
    }
    int kind = (int) number(head, 0, Integer.BYTES);
    if (kind == RIFF) {
      long size = Integer.reverseBytes((int) number(head, 4, Integer.BYTES)) & 0xffffffffL;
      return size == 0 || size == 0xffffffffL ? 0 : size + RIFF_HEADER_BYTES;
    }
    if (kind != EBML) {
      return 0;
    }
    int bytes = sizeBytes(head, 4);
    long segment = 4 + bytes + size(head, 4, bytes);
    if (bytes == 0 || segment < 0 || segment > head.length - 13) {
      return 0;
    }
    int at = (int) segment;
    int sizeBytes = sizeBytes(head, at + 4);
    if ((int) number(head, at, Integer.BYTES) != SEGMENT || sizeBytes == 0) {
      return 0;
    }
    long length = size(head, at + 4, sizeBytes);
    return length < 0 ? 0 : at + 4 + sizeBytes + length;
  }

  private static int sizeBytes(byte[] head, int at) {
    int zeros = Integer.numberOfLeadingZeros(head[at] & 0xff) - 24;
    return zeros >= Byte.SIZE ? 0 : zeros + 1;
  }

  /** A size of Matroska's, -1 where it is not known. */
  private static long size(byte[] head, int at, int bytes) {
    if (bytes == 0) {
      return -1;
    }
    long mask = (1L << 7 * bytes) - 1;
    long size = number(head, at, bytes) & mask;
    return size == mask ? -1 : size;
  }

  private static long number(byte[] head, int at, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << Byte.SIZE | head[at + i] & 0xff;
    }
    return number;
  }
}
