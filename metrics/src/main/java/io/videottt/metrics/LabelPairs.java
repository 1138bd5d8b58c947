package io.videottt.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts how often each pair of labels meets in two label maps: the inner loop of the mIoU. */
final class LabelPairs {

  private static final int PAIRS = 1 << 16;
  private static final int BLOCK = Long.BYTES;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The low byte of each of a long's four pairs of bytes. */
  private static final long LOW_BYTES = 0x00ff00ff00ff00ffL;

  private LabelPairs() {}

  /** Where {@link #count} keeps a pair of labels from 0 to 255. */
  static int index(int left, int right) {
    return left << Byte.SIZE | right;
  }

  /**
   * Counts the pairs of two maps of one size.
   *
   * @param left [N] labels, unsigned bytes
   * @param right [N] labels, unsigned bytes
   * @return [65536] the pixels of each pair, by {@link #index}
   */
  static int[] count(byte[] left, byte[] right) {
    // Neighbouring pixels mostly hold the same pair, so eight that agree are counted at once. The
    // others go to two tables in turn: adding to the cell just written would wait for that write.
    int[] even = new int[PAIRS];
    int[] odd = new int[PAIRS];
    int blocks = left.length - left.length % BLOCK;
    for (int i = 0; i < blocks; i += BLOCK) {
      long lefts = (long) EIGHT_BYTES.get(left, i);
      long rights = (long) EIGHT_BYTES.get(right, i);
      long evens = (lefts & LOW_BYTES) << Byte.SIZE | rights & LOW_BYTES;
      long odds = lefts & ~LOW_BYTES | rights >>> Byte.SIZE & LOW_BYTES;
      if (evens == odds && evens == Long.rotateLeft(evens, Short.SIZE)) {
        even[(int) evens & 0xffff] += BLOCK;
        continue;
      }
      int firstEvens = (int) evens;
      int firstOdds = (int) odds;
      int lastEvens = (int) (evens >>> Integer.SIZE);
      int lastOdds = (int) (odds >>> Integer.SIZE);
      even[firstEvens & 0xffff]++;
      odd[firstOdds & 0xffff]++;
      even[firstEvens >>> Short.SIZE]++;
      odd[firstOdds >>> Short.SIZE]++;
      even[lastEvens & 0xffff]++;
      odd[lastOdds & 0xffff]++;
      even[lastEvens >>> Short.SIZE]++;
      odd[lastOdds >>> Short.SIZE]++;
    }
    for (int i = blocks; i < left.length; i++) {
      even[index(left[i] & 0xff, right[i] & 0xff)]++;
    }
    for (int pair = 0; pair < PAIRS; pair++) {
      even[pair] += odd[pair];
    }
    return even;
  }
}
