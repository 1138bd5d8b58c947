package io.videottt.reports.source;

import io.videottt.base.InvalidInputException;
import io.videottt.reports.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Who makes the tables of which names: files of one name would take each other's place, on some
 * systems also where they differ in capitals only.
 */
final class TableNames {

  /** What the page adds to a table's name for the anchor of its heading. */
  private static final String HEADING = "-caption";

  private final Predicate<String> isTaken;
  private final Map<String, Class<?>> makers = new HashMap<>();

  /**
   * @param isTaken whether a name, in small letters, is that of another part of the report
   */
  TableNames(Predicate<String> isTaken) {
    this.isTaken = isTaken;
  }

  /**
   * The name that a table has in the report: its own. Of one source, whose names may be made of
   * those of data, the second of a name gets a number.
   *
   * @throws InvalidInputException when a table of another source has the name
   */
  String of(Table table, Class<?> maker) {
    String name = table.name();
    for (int number = 2; !isFree(name, maker); number++) {
      name = table.name() + "-" + number;
    }
    for (String claimed : claims(name)) {
      makers.put(claimed, maker);
    }
    return name;
  }

  private boolean isFree(String name, Class<?> maker) {
    for (String claimed : claims(name)) {
      if (isTaken.test(claimed)) {
        throw new InvalidInputException(
            "a table of %s is called '%s', as another part of the report is\ngive it another name"
                .formatted(maker.getName(), name));
      }
      Class<?> other = makers.get(claimed);
      if (other == maker) {
        return false;
      }
      if (other != null) {
        throw new InvalidInputException(
            "%s and %s both have a table called '%s'\ngive the one of your own jar another name"
                .formatted(other.getName(), maker.getName(), name));
      }
    }
    return true;
  }

  private static List<String> claims(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return List.of(small, small + HEADING);
  }
}
