package io.videottt.metrics;

import io.videottt.base.InvalidInputException;
import java.util.Arrays;
import java.util.List;

/**
 * A binary mask as run lengths down the columns, as the COCO tools keep it: zeros and ones in turn,
 * zeros first (possibly none).
 *
 * @param height rows
 * @param width columns
 * @param counts run lengths that sum to height * width; not copied, treat as immutable
 */
public record RunLengthMask(int height, int width, int[] counts) {

  private static final int BITS_PER_CHARACTER = 5;
  private static final int FIRST_CHARACTER = 48;
  private static final int CONTINUED = 0x20;
  private static final int SIGN = 0x10;
  private static final int LONGEST_NUMBER = 7;

  /** Checks that the runs fill the image. */
  public RunLengthMask {
    long sum = 0;
    for (int count : counts) {
      if (count < 0) {
        throw new InvalidInputException("a run length is negative: %d".formatted(count));
      }
      sum += count;
    }
    if (height < 1 || width < 1 || sum != (long) height * width) {
      throw new InvalidInputException(
          "the run lengths sum to %d, expected %d for %d x %d pixels (width x height)"
              .formatted(sum, (long) height * width, width, height));
    }
  }

  /**
   * Reads COCO's compressed form: numbers of five bits a character, from the third on as the
   * difference to the last but one.
   *
   * @throws InvalidInputException when the text is no such list or does not fill the image
   */
  public static RunLengthMask parse(int height, int width, String text) {
    int[] counts = new int[16];
    int size = 0;
    int position = 0;
    while (position < text.length()) {
      long value = 0;
      int shift = 0;
      int bits;
      do {
        if (position == text.length() || shift == LONGEST_NUMBER * BITS_PER_CHARACTER) {
          throw new InvalidInputException("the compressed run lengths are cut off or damaged");
        }
        bits = text.charAt(position++) - FIRST_CHARACTER;
        if (bits < 0 || bits >= 2 * CONTINUED) {
          throw new InvalidInputException(
              "the compressed run lengths hold an invalid character at %d".formatted(position - 1));
        }
        value |= (long) (bits & CONTINUED - 1) << shift;
        shift += BITS_PER_CHARACTER;
      } while ((bits & CONTINUED) != 0);
      if ((bits & SIGN) != 0) {
        value |= -1L << shift;
      }
      if (size > 2) {
        value += counts[size - 2];
      }
      if (value < 0 || value > (long) height * width) {
        throw new InvalidInputException(
            "run length %d does not fit %d x %d pixels (width x height)"
                .formatted(value, width, height));
      }
      if (size == counts.length) {
        counts = Arrays.copyOf(counts, size * 2);
      }
      counts[size++] = (int) value;
    }
    return new RunLengthMask(height, width, Arrays.copyOf(counts, size));
  }

  /** COCO's compressed form, which {@link #parse} reads. */
  public String compressed() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      int value = i > 2 ? counts[i] - counts[i - 2] : counts[i];
      boolean more;
      do {
        int bits = value & CONTINUED - 1;
        value >>= BITS_PER_CHARACTER;
        more = (bits & SIGN) != 0 ? value != -1 : value != 0;
        text.append((char) ((more ? bits | CONTINUED : bits) + FIRST_CHARACTER));
      } while (more);
    }
    return text.toString();
  }

  /**
   * Encodes a mask.
   *
   * @param mask [height, width] row by row
   */
  public static RunLengthMask of(int height, int width, boolean[] mask) {
    int[] counts = new int[16];
    int size = 0;
    int run = 0;
    boolean current = false;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        if (mask[y * width + x] != current) {
          if (size == counts.length) {
            counts = Arrays.copyOf(counts, size * 2);
          }
          counts[size++] = run;
          run = 0;
          current = !current;
        }
        run++;
      }
    }
    counts = Arrays.copyOf(counts, size + 1);
    counts[size] = run;
    return new RunLengthMask(height, width, counts);
  }

  /** The mask as pixels, [height, width] row by row. */
  public boolean[] toPixels() {
    boolean[] pixels = new boolean[height * width];
    int position = 0;
    for (int run = 0; run < counts.length; run++) {
      for (int i = 0; i < counts[run]; i++, position++) {
        if (run % 2 == 1) {
          pixels[position % height * width + position / height] = true;
        }
      }
    }
    return pixels;
  }

  /** Pixels inside the mask. */
  public long area() {
    long area = 0;
    for (int run = 1; run < counts.length; run += 2) {
      area += counts[run];
    }
    return area;
  }

  /**
   * The union of masks of one size.
   *
   * @param masks at least one
   */
  public static RunLengthMask union(List<RunLengthMask> masks) {
    RunLengthMask union = masks.get(0);
    for (RunLengthMask mask : masks.subList(1, masks.size())) {
      union = union.or(mask);
    }
    return union;
  }

  private RunLengthMask or(RunLengthMask other) {
    int[] merged = new int[counts.length + other.counts.length];
    int size = 0;
    int run = 0;
    boolean current = false;
    RunCursor left = new RunCursor(counts);
    RunCursor right = new RunCursor(other.counts);
    while (!left.atEnd()) {
      int step = Math.min(left.remaining(), right.remaining());
      boolean inside = left.inside() || right.inside();
      if (inside != current) {
        merged[size++] = run;
        run = 0;
        current = inside;
      }
      run += step;
      left.advance(step);
      right.advance(step);
    }
    merged[size++] = run;
    return new RunLengthMask(height, width, Arrays.copyOf(merged, size));
  }

  /** Pixels inside both masks, which have one size. */
  public long intersection(RunLengthMask other) {
    long common = 0;
    RunCursor left = new RunCursor(counts);
    RunCursor right = new RunCursor(other.counts);
    while (!left.atEnd() && !right.atEnd()) {
      int step = Math.min(left.remaining(), right.remaining());
      if (left.inside() && right.inside()) {
        common += step;
      }
      left.advance(step);
      right.advance(step);
    }
    return common;
  }

  /**
   * The columns between which the mask lies, to pass over masks that cannot meet.
   *
   * @return first column and the column after the last; equal where the mask is empty
   */
  int[] columns() {
    long first = -1;
    long end = -1;
    long position = 0;
    for (int run = 0; run < counts.length; run++) {
      if (run % 2 == 1 && counts[run] > 0) {
        first = first < 0 ? position : first;
        end = position + counts[run];
      }
      position += counts[run];
    }
    return first < 0
        ? new int[] {0, 0}
        : new int[] {(int) (first / height), (int) ((end + height - 1) / height)};
  }

  /** Walks over runs. */
  private static final class RunCursor {

    private final int[] counts;
    private int run;
    private int remaining;

    RunCursor(int[] counts) {
      this.counts = counts;
      this.remaining = counts[0];
      skipEmpty();
    }

    boolean atEnd() {
      return run >= counts.length;
    }

    boolean inside() {
      return run % 2 == 1;
    }

    int remaining() {
      return remaining;
    }

    void advance(int step) {
      remaining -= step;
      skipEmpty();
    }

    private void skipEmpty() {
      while (remaining == 0 && run < counts.length) {
        run++;
        remaining = run < counts.length ? counts[run] : 0;
      }
    }
  }
}
