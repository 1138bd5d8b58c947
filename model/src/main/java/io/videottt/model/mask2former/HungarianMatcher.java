package io.videottt.model.mask2former;

import java.util.Arrays;

/**
 * Minimum-cost assignment, exact, by shortest augmenting paths with potentials (the Hungarian
 * method in the form of Jonker and Volgenant), O(rows^2 columns).
 */
final class HungarianMatcher {

  private HungarianMatcher() {}

  /**
   * Assigns every row a column of its own so that the sum of the costs is least.
   *
   * @param costs [rows][columns], rows at most columns, finite
   * @return the column of each row; among equally cheap assignments always the same one
   * @throws IllegalArgumentException if there are more rows than columns, lengths differ or a cost
   *     is not finite
   */
  static int[] assign(double[][] costs) {
    int rows = costs.length;
    if (rows == 0) {
      return new int[0];
    }
    int columns = costs[0].length;
    check(costs, rows, columns);
    // Index 0 of every array is the virtual column from which each row's search starts.
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    int[] previous = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      rowOf[0] = row;
      int column = shortestPath(costs, rowPotential, columnPotential, rowOf, previous);
      while (column != 0) {
        rowOf[column] = rowOf[previous[column]];
        column = previous[column];
      }
    }
    int[] columnOf = new int[rows];
    for (int column = 1; column <= columns; column++) {
      if (rowOf[column] != 0) {
        columnOf[rowOf[column] - 1] = column - 1;
      }
    }
    return columnOf;
  }

  /** Grows a tree of tight edges from the row at column 0 until a free column; returns it. */
  private static int shortestPath(
      double[][] costs,
      double[] rowPotential,
      double[] columnPotential,
      int[] rowOf,
      int[] previous) {
    int columns = columnPotential.length - 1;
    double[] distance = new double[columns + 1];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    boolean[] reached = new boolean[columns + 1];
    int current = 0;
    while (rowOf[current] != 0) {
      reached[current] = true;
      int row = rowOf[current];
      double least = Double.POSITIVE_INFINITY;
      int next = 0;
      for (int column = 1; column <= columns; column++) {
        if (!reached[column]) {
          double reduced = costs[row - 1][column - 1] - rowPotential[row] - columnPotential[column];
          if (reduced < distance[column]) {
            distance[column] = reduced;
            previous[column] = current;
          }
          if (distance[column] < least) {
            least = distance[column];
            next = column;
          }
        }
      }
      for (int column = 0; column <= columns; column++) {
        if (reached[column]) {
          rowPotential[rowOf[column]] += least;
          columnPotential[column] -= least;
        } else {
          distance[column] -= least;
        }
      }
      current = next;
    }
    return current;
  }

  private static void check(double[][] costs, int rows, int columns) {
    if (rows > columns) {
      throw new IllegalArgumentException(
          "%d rows cannot have a column of their own among %d".formatted(rows, columns));
    }
    for (double[] row : costs) {
      if (row.length != columns) {
        throw new IllegalArgumentException("the rows of costs differ in length");
      }
      for (double cost : row) {
        if (!Double.isFinite(cost)) {
          throw new IllegalArgumentException("a matching cost is " + cost);
        }
      }
    }
  }
}
