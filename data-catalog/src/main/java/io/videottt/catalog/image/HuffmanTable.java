package io.videottt.catalog.image;

import java.nio.ByteBuffer;

/**
 * A Huffman table of a JPEG file.
 *
 * @param counts number of codes of each length, 1 to 16
 * @param values the symbols in the order of their codes
 */
record HuffmanTable(int[] counts, int[] values) {

  private static final int LONGEST_CODE = 16;

  /** Reads the counts and symbols at a buffer's position, and moves it behind them. */
  static HuffmanTable read(ByteBuffer segment, String source) {
    if (segment.remaining() < LONGEST_CODE) {
      throw JpegFile.damaged(source, "a Huffman table is cut off");
    }
    int[] counts = new int[LONGEST_CODE];
    int total = 0;
    for (int i = 0; i < LONGEST_CODE; i++) {
      counts[i] = segment.get() & 0xff;
      total += counts[i];
    }
    if (total > segment.remaining()) {
      throw JpegFile.damaged(source, "a Huffman table is cut off");
    }
    int[] values = new int[total];
    for (int i = 0; i < total; i++) {
      values[i] = segment.get() & 0xff;
    }
    return new HuffmanTable(counts, values);
  }

  /** The symbol of the next bits. */
  int decode(CodedBits bits) {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int count : counts) {
      code = code << 1 | bits.next(1);
      if (code - first < count) {
        return values[index + code - first];
      }
      index += count;
      first = first + count << 1;
    }
    throw bits.damaged("bad Huffman code");
  }
}
