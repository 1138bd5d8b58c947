package io.videottt.reports;

import java.util.List;
import java.util.Optional;

/**
 * What data sets, splits and videos are called: by their titles where the results tell them, by
 * their names elsewhere. File names and configurations have the names.
 *
 * @param dataSets what is known
 */
record Titles(List<DataSetSummary> dataSets) {

  /** Keeps the list from being changed. */
  Titles {
    dataSets = List.copyOf(dataSets);
  }

  /** A data set. */
  String dataSet(String name) {
    return found(name).map(DataSetSummary::title).orElse(name);
  }

  /** Data set and name of the split, for example {@code Embedded street scenes, test}. */
  String data(String dataset, String split) {
    return dataSet(dataset) + ", " + split;
  }

  /** The same of what was evaluated. */
  String data(EvaluationSet set) {
    return data(set.dataset(), set.split());
  }

  /** The split in words that follow "on", for example {@code videos that darken}. */
  String split(EvaluationSet set) {
    return count(set).map(SplitCount::title).filter(title -> !title.isEmpty()).orElse(data(set));
  }

  /** A video of what was evaluated. */
  String video(EvaluationSet set, String id) {
    return count(set).map(split -> split.videoTitles().getOrDefault(id, id)).orElse(id);
  }

  private Optional<DataSetSummary> found(String name) {
    return dataSets.stream().filter(set -> set.name().equals(name)).findFirst();
  }

  private Optional<SplitCount> count(EvaluationSet set) {
    return found(set.dataset())
        .flatMap(
            known ->
                known.counts().stream()
                    .filter(split -> split.split().equals(set.split()))
                    .findFirst());
  }
}
