package io.videottt.metrics;

import java.util.List;

/**
 * A panoptic segmentation of one image.
 *
 * @param height rows
 * @param width columns
 * @param ids [height, width] segment ids, {@link #VOID} where there is none, {@link #UNSCORED}
 *     where there is one that no class is scored for; COCO writes them as red + 256 green + 65536
 *     blue; not copied, treat as immutable
 * @param segments the segments of the map, each id once; only ground truth may list one that has no
 *     pixel, or leave out one that has
 */
public record PanopticMap(int height, int width, int[] ids, List<PanopticSegment> segments) {

  /** The id of pixels that belong to no segment. */
  public static final int VOID = 0;

  /**
   * The id of ground-truth pixels whose segment is of an ignored category or is not listed. The
   * benchmark's rules take them for {@link #VOID}, those of the released code do not.
   */
  public static final int UNSCORED = -1;

  /** Checks that the array has the size of the map. */
  public PanopticMap {
    if (height < 1 || width < 1 || ids.length != height * width) {
      throw new IllegalArgumentException(
          "panoptic map of %d x %d with %d ids".formatted(height, width, ids.length));
    }
    segments = List.copyOf(segments);
  }
}
