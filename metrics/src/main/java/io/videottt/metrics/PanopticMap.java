package io.videottt.metrics;

import java.util.List;

/**
 * A panoptic segmentation of one image.
 *
 * @param height rows
 * @param width columns
 * @param ids [height, width] segment ids, {@link #VOID} where there is none; COCO writes them as
 *     red + 256 green + 65536 blue; not copied, treat as immutable
 * @param segments the segments that occur in the map, each id once
 */
public record PanopticMap(int height, int width, int[] ids, List<PanopticSegment> segments) {

  /** The id of pixels that belong to no segment. */
  public static final int VOID = 0;

  /** Checks that the array has the size of the map. */
  public PanopticMap {
    if (height < 1 || width < 1 || ids.length != height * width) {
      throw new IllegalArgumentException(
          "panoptic map of %d x %d with %d ids".formatted(height, width, ids.length));
    }
    segments = List.copyOf(segments);
  }
}
