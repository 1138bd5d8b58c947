package io.videottt.model.checkpoint;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of the bytes that characters of up to 255 stand for, out of their UTF-8 encoding. */
final class Latin1InputStream extends FilterInputStream {

  private static final int ASCII = 0x80;

  private long remaining;

  /**
   * @param utf8 one or two bytes per character
   * @param length how many of its bytes are read at most
   */
  Latin1InputStream(InputStream utf8, long length) {
    super(new BufferedInputStream(utf8));
    remaining = length;
  }

  @Override
  public int read() throws IOException {
    if (remaining <= 0) {
      return -1;
    }
    remaining--;
    int first = in.read();
    if (first < ASCII) {
      return first;
    }
    // 110000yy 10xxxxxx stands for yyxxxxxx; characters above 255 begin otherwise.
    int second = remaining-- > 0 ? in.read() : -1;
    if ((first & 0xFC) != 0xC0 || (second & 0xC0) != 0x80) {
      throw new IOException("a text that stands for bytes has other characters");
    }
    return (first & 0x03) << 6 | second & 0x3F;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    for (int index = 0; index < count; index++) {
      int value = read();
      if (value < 0) {
        return index == 0 ? -1 : index;
      }
      target[offset + index] = (byte) value;
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    while (skipped < count && read() >= 0) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
