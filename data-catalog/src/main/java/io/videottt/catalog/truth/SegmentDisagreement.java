package io.videottt.catalog.truth;

import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a panoptic map and its list of segments disagree.
 *
 * @param undrawn ids that are listed but have no pixel
 * @param unlisted ids that have pixels but are not listed
 * @param unlistedPixels how many pixels the latter have
 */
public record SegmentDisagreement(
    Set<Integer> undrawn, Set<Integer> unlisted, long unlistedPixels) {

  /** Compares the two. */
  public static SegmentDisagreement of(PanopticMap map) {
    int[] listed = map.segments().stream().mapToInt(PanopticSegment::id).toArray();
    SegmentPlaces places = new SegmentPlaces(listed);
    boolean[] drawn = new boolean[listed.length];
    Set<Integer> unlisted = new TreeSet<>();
    long unlistedPixels = 0;
    int[] ids = map.ids();
    int end;
    for (int start = 0; start < ids.length; start = end) {
      int id = ids[start];
      int different = Arrays.mismatch(ids, start, ids.length - 1, ids, start + 1, ids.length);
      end = different < 0 ? ids.length : start + 1 + different;
      if (id == PanopticMap.VOID || id == PanopticMap.UNSCORED) {
        continue;
      }
      int place = places.of(id);
      if (place != SegmentPlaces.NONE) {
        drawn[place] = true;
      } else {
        unlistedPixels += end - start;
        unlisted.add(id);
      }
    }
    Set<Integer> undrawn = new TreeSet<>();
    for (int place = 0; place < listed.length; place++) {
      if (!drawn[place]) {
        undrawn.add(listed[place]);
      }
    }
    return new SegmentDisagreement(undrawn, unlisted, unlistedPixels);
  }
}
