package io.videottt.catalog.coco;

/**
 * An object of a COCO instance or results file.
 *
 * @param position place in the file's list, from 0
 * @param id the file's own name for it; null where it gives none
 * @param category the file's number of its category
 * @param crowd whether it stands for several objects that were not told apart
 * @param area pixels as the file says; NaN where it does not
 * @param score confidence; NaN where the file does not say, or says so
 * @param segmentation its pixels
 */
record CocoObject(
    int position,
    String id,
    long category,
    boolean crowd,
    double area,
    double score,
    CocoSegmentation segmentation) {

  /** How messages call it. */
  String label() {
    return id == null ? "segment number %d of the file".formatted(position + 1) : "segment " + id;
  }
}
