package io.videottt.metrics;

import io.videottt.base.InvalidInputException;

/**
 * The non-zero cells of a matrix of counts.
 *
 * @param cells row-major indices; for a confusion matrix ground truth * K + prediction
 * @param counts the count of each cell
 */
public record SparseCounts(int[] cells, long[] counts) {

  /** Checks that every cell has its count. */
  public SparseCounts {
    if (cells.length != counts.length) {
      throw new InvalidInputException(
          "%d confusion cells with %d counts".formatted(cells.length, counts.length));
    }
  }
}
