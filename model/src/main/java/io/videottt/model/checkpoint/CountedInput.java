package io.videottt.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/** A stream that knows where it is and how much is left, so that no length is believed blindly. */
final class CountedInput extends InputStream {

  private final InputStream stream;
  private final long length;
  private long position;

  CountedInput(InputStream stream, long length) {
    this.stream = stream;
    this.length = length;
  }

  long position() {
    return position;
  }

  @Override
  public int read() throws IOException {
    int value = position < length ? stream.read() : -1;
    if (value >= 0) {
      position++;
    }
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count > 0 && position >= length) {
      return -1;
    }
    int read = stream.read(target, offset, (int) Math.min(count, length - position));
    position += Math.max(read, 0);
    return read;
  }

  /** Passes over bytes that are there. */
  void pass(long count) throws IOException {
    requireLeft(count);
    stream.skipNBytes(count);
    position += count;
  }

  /** A text of so many bytes that are there; the caller bounds the number. */
  String text(int count, Charset charset) throws IOException {
    requireLeft(count);
    byte[] bytes = new byte[count];
    if (readNBytes(bytes, 0, count) < count) {
      throw new IOException("it ends too early");
    }
    return new String(bytes, charset);
  }

  /** An unsigned little-endian number of up to 8 bytes. */
  long number(int bytes) throws IOException {
    long number = 0;
    for (int index = 0; index < bytes; index++) {
      int value = read();
      if (value < 0) {
        throw new IOException("it ends too early");
      }
      number |= (long) value << 8 * index;
    }
    return number;
  }

  /** The text before the next line feed, which is passed over. */
  String line(int longest) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int letter = read(); letter != '\n'; letter = read()) {
      if (letter < 0 || line.length() >= longest) {
        throw new IOException(letter < 0 ? "it ends too early" : "a line is too long");
      }
      line.append((char) letter);
    }
    return line.toString();
  }

  private void requireLeft(long count) throws IOException {
    if (count < 0 || count > length - position) {
      throw new IOException("it ends too early");
    }
  }
}
