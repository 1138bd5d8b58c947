package io.videottt.reports;

import java.util.List;
import java.util.Optional;

/**
 * Everything that tables are made of.
 *
 * @param measurements what was measured, in the order of the tables
 * @param dataSets what it was measured on
 */
public record Results(List<Measurement> measurements, List<DataSetSummary> dataSets) {

  /** Nothing measured. */
  public static final Results NONE = new Results(List.of(), List.of());

  /** Keeps the lists from being changed. */
  public Results {
    measurements = List.copyOf(measurements);
    dataSets = List.copyOf(dataSets);
  }

  /** What data sets, splits and videos are called. */
  public Titles titles() {
    return Titles.of(dataSets);
  }

  /** What is known of a data set. */
  Optional<DataSetSummary> dataSet(String name) {
    return dataSets.stream().filter(set -> set.name().equals(name)).findFirst();
  }

  /** A class's name, or its number where the results do not tell. */
  public String className(String dataset, int classId) {
    return dataSet(dataset).map(set -> set.className(classId)).orElse("class " + classId);
  }
}
