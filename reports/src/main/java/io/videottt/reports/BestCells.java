package io.videottt.reports;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the highest numbers, as printed: equal ones all stand out, a single one does not, having
 * nothing to be better than.
 */
final class BestCells {

  private BestCells() {}

  /** The highest of each of some columns. */
  static Set<Table.Place> ofColumns(List<List<String>> rows, List<Integer> columns) {
    return ofColumns(rows, columns, Set.of());
  }

  /**
   * The same.
   *
   * @param leftOut rows that do not compete, since they are over other frames
   */
  static Set<Table.Place> ofColumns(
      List<List<String>> rows, List<Integer> columns, Set<Integer> leftOut) {
    Set<Table.Place> best = new HashSet<>();
    for (int column : columns) {
      best.addAll(
          highest(
              rows,
              IntStream.range(0, rows.size())
                  .filter(row -> !leftOut.contains(row))
                  .mapToObj(row -> new Table.Place(row, column))
                  .toList()));
    }
    return best;
  }

  /** The highest among some columns of each row. */
  static Set<Table.Place> ofRows(List<List<String>> rows, List<Integer> columns) {
    Set<Table.Place> best = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      int own = row;
      best.addAll(
          highest(rows, columns.stream().map(column -> new Table.Place(own, column)).toList()));
    }
    return best;
  }

  private static List<Table.Place> highest(List<List<String>> rows, List<Table.Place> places) {
    List<Table.Place> numbers =
        places.stream().filter(place -> !cell(rows, place).equals(Table.DASH)).toList();
    OptionalDouble highest = numbers.stream().mapToDouble(place -> number(rows, place)).max();
    if (numbers.size() < 2 || highest.isEmpty()) {
      return List.of();
    }
    return numbers.stream().filter(place -> number(rows, place) == highest.getAsDouble()).toList();
  }

  private static double number(List<List<String>> rows, Table.Place place) {
    return Double.parseDouble(cell(rows, place));
  }

  private static String cell(List<List<String>> rows, Table.Place place) {
    return rows.get(place.row()).get(place.column());
  }
}
