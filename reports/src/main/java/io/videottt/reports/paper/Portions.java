package io.videottt.reports.paper;

import io.videottt.reports.DataSetSummary;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.SplitCount;
import io.videottt.reports.Titles;
import io.videottt.reports.published.PublishedDataSet;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Notes below tables of runs over part of published data: how much of it that was. */
final class Portions {

  private final List<PublishedDataSet> published;
  private final List<DataSetSummary> counted;
  private final Titles titles;

  /**
   * @param published the paper's data sets with their frames
   * @param counted what was run
   */
  Portions(List<PublishedDataSet> published, List<DataSetSummary> counted) {
    this.published = published;
    this.counted = counted;
    this.titles = Titles.of(counted);
  }

  static Portions of(TableInput input) {
    return new Portions(input.published().dataSets(), input.results().dataSets());
  }

  /** A table with a note for each of its data sets that was run in part. */
  Table noted(Table table, Collection<EvaluationSet> sets) {
    Set<String> notes = new LinkedHashSet<>();
    for (EvaluationSet set : sets) {
      counted.stream()
          .filter(summary -> summary.name().equals(set.dataset()))
          .flatMap(summary -> note(summary, set.split()).stream())
          .forEach(notes::add);
    }
    return table.withNotes(List.copyOf(notes));
  }

  private Optional<String> note(DataSetSummary summary, String split) {
    List<String> parts = new ArrayList<>();
    for (PublishedDataSet set : published) {
      if (summary.name().equals(set.dataset())
          && set.frames() != null
          && summary.frames() < set.frames()) {
        parts.add(part(summary.frames(), set.frames()) + " of " + summary.title());
      }
    }
    for (SplitCount count : summary.counts()) {
      if (count.split().equals(split)
          && count.published().isPresent()
          && count.frames() < count.published().getAsLong()) {
        parts.add(
            part(count.frames(), count.published().getAsLong())
                + " of "
                + (parts.isEmpty()
                    ? titles.data(summary.name(), split)
                    : titles.split(summary.name(), split)));
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("Part of the published data: %s.".formatted(String.join(", ", parts)));
  }

  private static String part(long frames, long all) {
    return String.format(Locale.ROOT, "%,d of %,d frames", frames, all);
  }
}
