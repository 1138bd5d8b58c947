package io.videottt.reports.page;

import gg.jte.Content;
import io.videottt.reports.DataSetSummary;
import java.util.List;

/**
 * The legend of the pictures: every class with its colour.
 *
 * @param dataSets what was evaluated
 */
record ClassesSection(List<DataSetSummary> dataSets) implements PageSection {

  /** More would push what is below from the first screens. */
  private static final int MOST_UNFOLDED = 40;

  @Override
  public String id() {
    return "classes";
  }

  @Override
  public String title() {
    return "The classes' colours";
  }

  @Override
  public String entry() {
    return "Classes";
  }

  @Override
  public boolean isEmpty() {
    return dataSets.stream().allMatch(set -> set.classes().isEmpty());
  }

  @Override
  public Content body() {
    return PageOutput.content(JteclassesGenerated::render, this);
  }

  /** The data sets whose classes the results tell. */
  List<DataSetSummary> shown() {
    return dataSets.stream().filter(set -> !set.classes().isEmpty()).toList();
  }

  static boolean hasColours(DataSetSummary set) {
    return set.colours().size() == set.classes().size();
  }

  static boolean isFolded(DataSetSummary set) {
    return set.classes().size() > MOST_UNFOLDED;
  }

  /** A class's colour for CSS. */
  static String colour(DataSetSummary set, int id) {
    return "#%06x".formatted(set.colours().get(id) & 0xffffff);
  }
}
