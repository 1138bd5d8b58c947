package io.videottt.catalog.image;

import io.videottt.catalog.file.FileProblem;

/** The bits of a JPEG file's coded data, up to the next marker. */
final class CodedBits {

  private static final int MARKER = 0xff;

  private final byte[] data;
  private final String source;

  /** The byte behind the one that bits are being taken from. */
  private int position;

  private int current;
  private int left;

  CodedBits(byte[] data, int position, String source) {
    this.data = data;
    this.position = position;
    this.source = source;
  }

  /** The next bits as a number. */
  int next(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (left == 0) {
        current = nextByte();
        left = Byte.SIZE;
      }
      value = value << 1 | current >> --left & 1;
    }
    return value;
  }

  private int nextByte() {
    if (position >= data.length) {
      throw damaged("premature end of data");
    }
    int value = data[position++] & 0xff;
    if (value != MARKER) {
      return value;
    }
    // A data byte of this value is followed by zero.
    while (position < data.length && (data[position] & 0xff) == MARKER) {
      position++;
    }
    if (position >= data.length || data[position] != 0) {
      throw damaged("premature end of data");
    }
    position++;
    return MARKER;
  }

  /** Leaves out the rest of the present byte, with which an interval ends. */
  int endInterval() {
    left = 0;
    return position;
  }

  /** Goes on behind a marker. */
  void moveTo(int place) {
    position = place;
    left = 0;
  }

  FileProblem damaged(String reason) {
    return JpegFile.damaged(source, reason);
  }
}
