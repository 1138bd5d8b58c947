package io.videottt.catalog;

/**
 * A decoded panoptic image.
 *
 * @param height rows
 * @param width columns
 * @param ids [height, width] red + 256 green + 65536 blue; not copied, treat as immutable
 */
record SegmentIdMap(int height, int width, int[] ids) {}
