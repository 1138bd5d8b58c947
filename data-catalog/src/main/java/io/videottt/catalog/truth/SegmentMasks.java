package io.videottt.catalog.truth;

import io.videottt.metrics.RunLengthMask;
import java.util.Arrays;
import java.util.List;

/** Cuts a map of segment ids into one mask per segment, in one walk down the columns. */
public final class SegmentMasks {

  private final int[][] counts;
  private final int[] sizes;

  /** Where the last run inside each segment ended. */
  private final int[] ends;

  private SegmentMasks(int segments) {
    counts = new int[segments][8];
    sizes = new int[segments];
    ends = new int[segments];
  }

  /**
   * The masks of some segments.
   *
   * @param height rows
   * @param width columns
   * @param ids [height, width] segment ids
   * @param wanted ids, not negative, each once; a segment may be empty
   * @return a mask for each of the wanted, in their order
   */
  public static List<RunLengthMask> of(int height, int width, int[] ids, int[] wanted) {
    SegmentPlaces places = new SegmentPlaces(wanted);
    SegmentMasks masks = new SegmentMasks(wanted.length);
    int pixels = height * width;
    int current = SegmentPlaces.NONE;
    int start = 0;
    int position = 0;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++, position++) {
        int place = places.of(ids[y * width + x]);
        if (place != current) {
          masks.add(current, start, position);
          current = place;
          start = position;
        }
      }
    }
    masks.add(current, start, pixels);
    RunLengthMask[] finished = new RunLengthMask[wanted.length];
    for (int place = 0; place < finished.length; place++) {
      masks.append(place, pixels - masks.ends[place]);
      finished[place] =
          new RunLengthMask(height, width, Arrays.copyOf(masks.counts[place], masks.sizes[place]));
    }
    return List.of(finished);
  }

  private void add(int place, int start, int end) {
    if (place != SegmentPlaces.NONE) {
      append(place, start - ends[place]);
      append(place, end - start);
      ends[place] = end;
    }
  }

  private void append(int place, int run) {
    if (sizes[place] == counts[place].length) {
      counts[place] = Arrays.copyOf(counts[place], 2 * sizes[place]);
    }
    counts[place][sizes[place]++] = run;
  }
}
