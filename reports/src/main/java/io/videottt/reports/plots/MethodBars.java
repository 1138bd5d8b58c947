package io.videottt.reports.plots;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.Released;
import io.videottt.reports.figure.BarFigure;
import io.videottt.reports.figure.BarFigure.Bar;
import io.videottt.reports.figure.BarFigure.Group;
import io.videottt.reports.paper.Notes;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.published.PublishedRow;
import io.videottt.reports.published.PublishedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The methods of one evaluation set as bars, in the paper's order, controls last. */
final class MethodBars {

  private static final String RELEASED =
      "By the released code's protocol, which the published numbers were made with or are taken"
          + " for; the notes of the table say which.";

  /** A page's length of rows. */
  private static final int MOST_ROWS = 30;

  private final Map<String, PublishedRow> rows = new LinkedHashMap<>();

  MethodBars(PublishedResults published) {
    for (PublishedTable table : published.tables()) {
      table.rows().forEach(row -> rows.putIfAbsent(row.method(), row));
    }
  }

  /**
   * @param own measurements of one evaluation set and model, at least one
   */
  BarFigure of(
      String name, String title, String caption, List<Measurement> own, MethodStyles styles) {
    List<Measurement> ordered = new ArrayList<>();
    rows.keySet()
        .forEach(
            method -> own.stream().filter(m -> m.method().equals(method)).forEach(ordered::add));
    own.stream().filter(m -> !rows.containsKey(m.method())).forEach(ordered::add);
    List<Measurement> shown = shown(ordered);
    EvaluationSet set = own.get(0).set();
    List<Group> groups = new ArrayList<>();
    Optional<PaperColumn> column = PaperColumn.of(set);
    if (column.isEmpty()) {
      groups.add(new Group("measured", shown.stream().map(MethodBars::measured).toList()));
    } else {
      groups.add(
          new Group("released", shown.stream().map(m -> bar(m.released().perFrame())).toList()));
      if (Released.hasPerVideo(set.task())) {
        groups.add(
            new Group(
                "released per video",
                shown.stream().map(m -> bar(m.released().perVideo())).toList()));
      }
      groups.add(
          new Group(
              "published (Wang et al., 2025)",
              shown.stream().map(m -> published(m, column.get())).toList()));
    }
    String left =
        shown.size() < ordered.size()
            ? " The first %d of %d settings, the best among them."
                .formatted(shown.size(), ordered.size())
            : "";
    return new BarFigure(
        name,
        title,
        (column.isPresent() ? RELEASED + Notes.otherFramesInShort(own) : caption) + left,
        column.isPresent()
            ? set.task().metric() + ", released (%)"
            : PaperFigures.quality(set).title(),
        shown.stream().map(MethodBars::title).toList(),
        groups,
        shown.stream().map(styles::of).toList());
  }

  /** As many as there is room for, the best among them. */
  private static List<Measurement> shown(List<Measurement> ordered) {
    if (ordered.size() <= MOST_ROWS) {
      return ordered;
    }
    List<Measurement> shown = new ArrayList<>(ordered.subList(0, MOST_ROWS));
    Measurement best = PaperFigures.best(ordered).orElseThrow();
    if (!shown.contains(best)) {
      shown.set(MOST_ROWS - 1, best);
    }
    return shown;
  }

  private static String title(Measurement m) {
    String title = m.heading();
    return m.control() ? title + " [control]" : title;
  }

  private static Bar measured(Measurement m) {
    return m.difference()
        .map(
            d ->
                new Bar(
                    m.frameMean(),
                    m.frameMean() + d.sameVideos().lower() - d.estimate(),
                    m.frameMean() + d.sameVideos().upper() - d.estimate()))
        .orElseGet(() -> Bar.of(m.frameMean()));
  }

  private Bar published(Measurement m, PaperColumn column) {
    OptionalDouble printed =
        rows.containsKey(m.method()) ? rows.get(m.method()).value(column) : OptionalDouble.empty();
    return bar(printed);
  }

  private static Bar bar(OptionalDouble value) {
    return value.isPresent() ? Bar.of(value.getAsDouble()) : Bar.NONE;
  }
}
