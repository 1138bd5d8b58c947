package io.videottt.model.mask2former;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HungarianMatcherTest {

  @Test
  void findsTheCheapestAssignmentByHand() {
    double[][] costs = {{4, 1, 3}, {2, 0, 5}, {3, 2, 2}};

    assertThat(HungarianMatcher.assign(costs)).containsExactly(1, 0, 2);
  }

  @Test
  void isAsCheapAsTheBestOfAllAssignments() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      int rows = random.nextInt(1, 6);
      int columns = random.nextInt(rows, 7);
      double[][] costs = new double[rows][columns];
      for (double[] row : costs) {
        // Few different values, so that ties occur, negative ones among them.
        Arrays.setAll(row, column -> random.nextInt(-4, 5) / 2.0);
      }

      int[] columnOf = HungarianMatcher.assign(costs);

      assertThat(columnOf).doesNotHaveDuplicates();
      double total = 0;
      for (int row = 0; row < rows; row++) {
        total += costs[row][columnOf[row]];
      }
      assertThat(total).isCloseTo(cheapest(costs, 0, new boolean[columns]), within(1e-12));
    }
  }

  @Test
  void leavesSurplusColumnsFree() {
    assertThat(HungarianMatcher.assign(new double[][] {{5, 5, 1, 5}})).containsExactly(2);
    assertThat(HungarianMatcher.assign(new double[0][])).isEmpty();
  }

  @Test
  void refusesCostsWithoutAnAssignment() {
    assertThatThrownBy(() -> HungarianMatcher.assign(new double[][] {{1}, {2}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 rows");
    assertThatThrownBy(() -> HungarianMatcher.assign(new double[][] {{1, Double.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> HungarianMatcher.assign(new double[][] {{1, 2}, {1}}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double cheapest(double[][] costs, int row, boolean[] taken) {
    if (row == costs.length) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int column = 0; column < taken.length; column++) {
      if (!taken[column]) {
        taken[column] = true;
        least = Math.min(least, costs[row][column] + cheapest(costs, row + 1, taken));
        taken[column] = false;
      }
    }
    return least;
  }
}
