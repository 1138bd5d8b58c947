package io.videottt.catalog.truth;

import java.util.Arrays;

/** Finds the place of a segment in a list by its id. Not thread-safe. */
public final class SegmentPlaces {

  /** For an id that is not listed. */
  public static final int NONE = -1;

  private final long[] sorted;

  /** Neighbouring pixels mostly belong to one segment. */
  private int lastId;

  private int lastPlace = NONE;

  /**
   * @param ids not negative, each once
   */
  public SegmentPlaces(int[] ids) {
    sorted = new long[ids.length];
    for (int place = 0; place < ids.length; place++) {
      sorted[place] = (long) ids[place] << 32 | place;
    }
    Arrays.sort(sorted);
    lastId = -1; // which is listed nowhere
  }

  public int of(int id) {
    if (id != lastId) {
      lastId = id;
      lastPlace = find(id);
    }
    return lastPlace;
  }

  private int find(int id) {
    int found = Arrays.binarySearch(sorted, (long) id << 32);
    int next = found >= 0 ? found : -found - 1;
    return next < sorted.length && sorted[next] >> 32 == id ? (int) sorted[next] : NONE;
  }
}
