package io.videottt.reports.paper;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.Titles;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.published.PublishedTable;
import io.videottt.reports.source.ReportTable;
import io.videottt.reports.source.TableInput;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The paper's Tables 1 and 4 of one report.
 *
 * <p>The rows are always the paper's, in the paper's order; what was not run is a dash. For the
 * paper's own data sets the columns are the paper's too, with the published number beside each
 * measured one. Other data that several tasks were evaluated on get a table of the same form. Every
 * evaluation set also gets the same rows with all three protocols, the difference to the fixed
 * model and its interval, and the seconds per frame. Methods outside the paper, and controls, stand
 * apart.
 */
final class MethodTables {

  /** The order of the paper's columns. */
  private static final List<Task> COLUMN_ORDER =
      List.of(Task.INSTANCE, Task.PANOPTIC, Task.SEMANTIC, Task.COLORIZATION);

  private final PublishedResults published;
  private final Titles titles;
  private final MissingReasons reasons;
  private final ModelResults models;
  private final Portions portions;
  private final ChosenSettings chosen;

  MethodTables(TableInput input) {
    this.published = input.published();
    this.titles = input.results().titles();
    this.reasons = input.reasons();
    this.models = new ModelResults(input.results().measurements());
    this.portions = Portions.of(input);
    this.chosen = new ChosenSettings(input.chosen());
  }

  /**
   * Of each table and model the overviews of several data sets or tasks, then the details of every
   * set. To be looked at first are the overviews, and where there are none, the details.
   */
  List<ReportTable> all() {
    List<ReportTable> tables = new ArrayList<>();
    for (PublishedTable table : published.tables()) {
      for (String model : models.names()) {
        List<Table> overviews = overviews(table, model, models.of(model));
        overviews.stream().map(ReportTable::result).forEach(tables::add);
        details(table, model, models.of(model)).stream()
            .map(overviews.isEmpty() ? ReportTable::result : ReportTable::detail)
            .forEach(tables::add);
      }
    }
    return tables;
  }

  private List<Table> details(PublishedTable table, String model, List<Measurement> own) {
    List<Table> tables = new ArrayList<>();
    for (EvaluationSet set : ModelResults.sets(own)) {
      List<Measurement> measured = own.stream().filter(m -> m.set().equals(set)).toList();
      Table details =
          new DetailedTable(
                  published,
                  table,
                  set,
                  models.suffix(model),
                  ModelResults.caption(model),
                  reasons,
                  titles)
              .of(measured);
      tables.add(chosen.noted(portions.noted(details, Set.of(set)), measured));
    }
    return tables;
  }

  private List<Table> overviews(PublishedTable table, String model, List<Measurement> own) {
    List<Table> tables = new ArrayList<>();
    Set<EvaluationSet> sets = ModelResults.sets(own);
    if (sets.stream().anyMatch(set -> PaperColumn.of(set).isPresent())) {
      tables.add(
          chosen.noted(
              portions.noted(
                  paperLayout(table, model).of(own),
                  sets.stream().filter(set -> PaperColumn.of(set).isPresent()).toList()),
              own.stream().filter(m -> PaperColumn.of(m.set()).isPresent()).toList()));
    }
    Set<String> data = new LinkedHashSet<>();
    for (EvaluationSet set : sets) {
      if (data.add(set.dataset() + " " + set.split())) {
        List<EvaluationSet> tasks =
            sets.stream()
                .filter(s -> s.dataset().equals(set.dataset()) && s.split().equals(set.split()))
                .sorted((a, b) -> COLUMN_ORDER.indexOf(a.task()) - COLUMN_ORDER.indexOf(b.task()))
                .toList();
        Predicate<EvaluationSet> inThePaper = s -> PaperColumn.of(s).isPresent();
        if (tasks.size() > 1 && !tasks.stream().allMatch(inThePaper)) {
          Table overview = portions.noted(allTasks(table, model, tasks).of(own), tasks);
          tables.add(
              chosen.noted(overview, own.stream().filter(m -> tasks.contains(m.set())).toList()));
        }
      }
    }
    return tables;
  }

  /** The paper's own columns, with the published numbers. */
  private OverviewTable paperLayout(PublishedTable table, String model) {
    return new OverviewTable(
        published,
        table,
        table.id() + models.suffix(model),
        table.caption() + ", paper's data" + ModelResults.caption(model),
        Arrays.stream(PaperColumn.values()).map(OverviewTable.Quality::published).toList(),
        // The paper times its methods on KITTI-STEP's test videos.
        PaperColumn.TEST.set(),
        "Released protocol, percent; published numbers from the paper, its seconds on one A100.",
        reasons,
        titles);
  }

  /** All tasks that were evaluated on the same videos. */
  private OverviewTable allTasks(PublishedTable table, String model, List<EvaluationSet> tasks) {
    EvaluationSet first = tasks.get(0);
    EvaluationSet timed = tasks.get(tasks.size() - 1);
    return new OverviewTable(
        published,
        table,
        "%s-%s-%s%s".formatted(table.id(), first.dataset(), first.split(), models.suffix(model)),
        "%s, %s%s".formatted(table.caption(), titles.data(first), ModelResults.caption(model)),
        tasks.stream().map(OverviewTable.Quality::unpublished).toList(),
        timed,
        "Frame means, and the released protocol beside them, percent; s/frame = adapt + predict of the %s task."
            .formatted(timed.task().id()),
        reasons,
        titles);
  }
}
