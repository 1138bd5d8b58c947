package io.videottt.jobs.results;

import io.videottt.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Where a unit's file holds its own checksum: an entry of the Parquet footer, whose value is
 * {@value #MARK} and the SHA-256 of the whole file, taken with zeros ({@code '0'}) in the place of
 * its digits. A file is so checked by itself, wherever it is copied to and whoever has written it.
 */
public final class FileChecksum {

  /** Footer key. */
  public static final String KEY = "videottt.checksum";

  private static final String MARK = "videottt-sha256:";

  /**
   * Between the end of the key and the mark: type and length of a text in Thrift's compact form.
   */
  private static final byte[] BETWEEN = {0x18, (byte) (MARK.length() + Sha256.DIGITS)};

  private static final byte[] KEY_BYTES = ascii(KEY);
  private static final byte[] MARK_BYTES = ascii(MARK);
  private static final byte[] WHOLE = concatenated(KEY_BYTES, BETWEEN, MARK_BYTES);

  private FileChecksum() {}

  /** The value before the checksum is known. */
  static String placeholder() {
    return MARK + "0".repeat(Sha256.DIGITS);
  }

  /**
   * Where the digits begin.
   *
   * @param footer bytes that end with the footer
   * @return empty when there is no such entry
   */
  static OptionalInt digits(byte[] footer) {
    int place = lastIndexOf(footer, WHOLE);
    int digits = place + WHOLE.length;
    return place >= 0 && digits + Sha256.DIGITS <= footer.length
        ? OptionalInt.of(digits)
        : OptionalInt.empty();
  }

  /**
   * Whether there is a piece of an entry: files of earlier versions have none, so that a piece
   * without the whole is damage.
   */
  static boolean isMentioned(byte[] footer) {
    return lastIndexOf(footer, KEY_BYTES) >= 0 || lastIndexOf(footer, MARK_BYTES) >= 0;
  }

  private static int lastIndexOf(byte[] bytes, byte[] wanted) {
    for (int start = bytes.length - wanted.length; start >= 0; start--) {
      if (bytes[start] == wanted[0]
          && Arrays.equals(bytes, start, start + wanted.length, wanted, 0, wanted.length)) {
        return start;
      }
    }
    return -1;
  }

  private static byte[] concatenated(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int place = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, place, part.length);
      place += part.length;
    }
    return all;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
