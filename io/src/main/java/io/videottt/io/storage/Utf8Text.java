package io.videottt.io.storage;

import io.videottt.base.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text files as UTF-8, and as nothing else: a wrong guess would change names without a word. */
public final class Utf8Text {

  private static final int BYTE_ORDER_MARK = 0xfeff;

  private Utf8Text() {}

  /**
   * Decodes a file; a byte order mark at its beginning is dropped.
   *
   * @param source file name for messages
   * @throws InvalidInputException naming the line that is not UTF-8
   */
  public static String decode(byte[] bytes, String source) {
    if (bytes.length >= 2 && (bytes[0] & 0xff ^ bytes[1] & 0xff) == 1 && (bytes[0] | 1) == -1) {
      throw new InvalidInputException(
          "%s: is written in UTF-16; save it as UTF-8".formatted(source));
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(rest, text, true);
    if (result.isError()) {
      long line = 1;
      for (int i = 0; i < rest.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new InvalidInputException(
          "%s: line %d: byte 0x%02x is not UTF-8 (perhaps Latin-1 or a Windows code page); save the file as UTF-8"
              .formatted(source, line, bytes[rest.position()] & 0xff));
    }
    text.flip();
    boolean marked = text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK;
    return text.subSequence(marked ? 1 : 0, text.length()).toString();
  }
}
