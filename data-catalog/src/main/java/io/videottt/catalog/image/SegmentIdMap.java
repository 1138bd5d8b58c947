package io.videottt.catalog.image;

/**
 * A decoded panoptic image.
 *
 * @param height rows
 * @param width columns
 * @param ids [height, width] red + 256 green + 65536 blue; not copied, treat as immutable
 */
public record SegmentIdMap(int height, int width, int[] ids) {}
