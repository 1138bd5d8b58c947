package io.videottt.catalog.film;

import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.image.Orientation;

/** How a container says that frames are turned: a matrix from stored to shown places. */
final class DisplayMatrix {

  private DisplayMatrix() {}

  /**
   * The turn of a matrix.
   *
   * @param matrix nine numbers, row after row: the columns of what becomes of a step to the right
   *     (0, 1) and of one down (3, 4)
   * @throws FileProblem when it is none of quarters
   */
  static Orientation orientation(int[] matrix, String source) {
    int rightToRight = matrix[0];
    int rightToDown = matrix[1];
    int downToRight = matrix[3];
    int downToDown = matrix[4];
    if (rightToDown == 0 && downToRight == 0 && rightToRight != 0 && downToDown != 0) {
      return Orientation.of(false, rightToRight < 0, downToDown < 0);
    }
    if (rightToRight == 0 && downToDown == 0 && rightToDown != 0 && downToRight != 0) {
      return Orientation.of(true, rightToDown < 0, downToRight < 0);
    }
    throw FileProblem.unreadable(
        source, "its frames are turned by a part of a quarter, which is not read");
  }
}
