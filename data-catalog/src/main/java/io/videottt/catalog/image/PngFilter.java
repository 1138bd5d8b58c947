package io.videottt.catalog.image;

import java.util.Arrays;

/**
 * The filters of PNG's rows: each byte is stored as its difference to what its neighbours say. In
 * maps of labels nearly all differences are 0, so that whole runs of bytes are copied.
 */
final class PngFilter {

  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  /** Shorter runs are not looked for. */
  private static final int RUN = 16;

  private static final byte[] ZEROS = new byte[1 << 12];

  private PngFilter() {}

  /**
   * Undoes the filter of a row.
   *
   * @param filter its number
   * @param coded where the filtered row is, from {@code from} on
   * @param rows where it goes, at {@code at}; the row above, if there is one, ends there
   * @param length bytes of a row
   * @param step bytes of a pixel, at least 1
   * @throws IllegalArgumentException when there is no such filter
   */
  static void undo(int filter, byte[] coded, int from, byte[] rows, int at, int length, int step) {
    boolean first = at == 0;
    switch (filter) {
      case NONE -> System.arraycopy(coded, from, rows, at, length);
      case SUB -> sub(coded, from, rows, at, length, step);
      case UP -> {
        if (first) {
          System.arraycopy(coded, from, rows, at, length);
        } else {
          up(coded, from, rows, at, length);
        }
      }
      case AVERAGE -> average(coded, from, rows, at, length, step);
      case PAETH -> {
        // Without a row above, the left neighbour always fits best.
        if (first) {
          sub(coded, from, rows, at, length, step);
        } else {
          paeth(coded, from, rows, at, length, step);
        }
      }
      default -> throw new IllegalArgumentException("unknown filter %d".formatted(filter & 0xff));
    }
  }

  private static void sub(byte[] coded, int from, byte[] rows, int at, int length, int step) {
    System.arraycopy(coded, from, rows, at, Math.min(step, length));
    int i = step;
    while (i < length) {
      int run = zeros(coded, from + i, length - i);
      if (run > 0) {
        repeat(rows, at + i, run, step);
        i += run;
      } else {
        rows[at + i] = (byte) (coded[from + i] + rows[at + i - step]);
        i++;
      }
    }
  }

  private static void up(byte[] coded, int from, byte[] rows, int at, int length) {
    int above = at - length;
    int i = 0;
    while (i < length) {
      int run = zeros(coded, from + i, length - i);
      if (run > 0) {
        System.arraycopy(rows, above + i, rows, at + i, run);
        i += run;
      } else {
        rows[at + i] = (byte) (coded[from + i] + rows[above + i]);
        i++;
      }
    }
  }

  private static void average(byte[] coded, int from, byte[] rows, int at, int length, int step) {
    boolean first = at == 0;
    for (int i = 0; i < length; i++) {
      int left = i < step ? 0 : rows[at + i - step] & 0xff;
      int above = first ? 0 : rows[at - length + i] & 0xff;
      rows[at + i] = (byte) (coded[from + i] + (left + above >> 1));
    }
  }

  private static void paeth(byte[] coded, int from, byte[] rows, int at, int length, int step) {
    int above = at - length;
    int edge = Math.min(step, length);
    for (int i = 0; i < edge; i++) {
      rows[at + i] = (byte) (coded[from + i] + rows[above + i]);
    }
    int i = edge;
    while (i < length) {
      int run = zeros(coded, from + i, length - i);
      // Where the row above goes on with the same pixel, the left neighbour fits best.
      run = run == 0 ? 0 : same(rows, above + i, run, step);
      if (run > 0) {
        repeat(rows, at + i, run, step);
        i += run;
      } else {
        rows[at + i] =
            (byte)
                (coded[from + i]
                    + nearest(
                        rows[at + i - step] & 0xff,
                        rows[above + i] & 0xff,
                        rows[above + i - step] & 0xff));
        i++;
      }
    }
  }

  private static int nearest(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }

  /** How many zeros follow, where it is likely that they are many; otherwise 0. */
  private static int zeros(byte[] coded, int from, int length) {
    if (length < RUN || coded[from] != 0 || coded[from + RUN - 1] != 0) {
      return 0;
    }
    int longest = Math.min(length, ZEROS.length);
    int different = Arrays.mismatch(coded, from, from + longest, ZEROS, 0, longest);
    return different < 0 ? longest : different;
  }

  /** How many bytes are the same as those a pixel before. */
  private static int same(byte[] rows, int from, int length, int step) {
    int different =
        Arrays.mismatch(rows, from, from + length, rows, from - step, from - step + length);
    return different < 0 ? length : different;
  }

  /** Goes on with the pixel before. */
  private static void repeat(byte[] rows, int at, int length, int step) {
    if (step == 1) {
      Arrays.fill(rows, at, at + length, rows[at - 1]);
      return;
    }
    int done = Math.min(step, length);
    System.arraycopy(rows, at - step, rows, at, done);
    while (done < length) {
      int more = Math.min(done - done % step, length - done);
      System.arraycopy(rows, at, rows, at + done, more);
      done += more;
    }
  }
}
