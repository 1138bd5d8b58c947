package io.videottt.reports.paper;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.MissingReasons;
import io.videottt.reports.Results;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Builds the paper's tables from measurements.
 *
 * <p>The rows are always the paper's, in the paper's order; what was not run is a dash. For the
 * paper's own data sets the columns are the paper's too, with the published number beside each
 * measured one. Other data that several tasks were evaluated on get a table of the same form. Every
 * evaluation set also gets the same rows with all three protocols, the difference to the fixed
 * model and its interval, and the seconds per frame, and tables of single videos and classes.
 * Controls stand apart.
 */
public final class PaperTables {

  /** The order of the paper's columns. */
  private static final List<Task> COLUMN_ORDER =
      List.of(Task.INSTANCE, Task.PANOPTIC, Task.SEMANTIC);

  private final PublishedResults published;
  private final Results results;
  private final List<Measurement> measurements;
  private final MissingReasons reasons;
  private final Portions portions;
  private final ChosenSettings chosen;

  /**
   * @param published the paper's numbers
   * @param results what was measured
   * @param reasons why a method has no number where it has none
   */
  public PaperTables(PublishedResults published, Results results, MissingReasons reasons) {
    this(published, results, reasons, ChosenSettings.UNKNOWN);
  }

  /**
   * @param published the paper's numbers
   * @param results what was measured
   * @param reasons why a method has no number where it has none
   * @param chosen which settings grids have chosen
   */
  public PaperTables(
      PublishedResults published, Results results, MissingReasons reasons, ChosenSettings chosen) {
    this.chosen = chosen;
    this.published = published;
    this.results = results;
    this.measurements = results.measurements();
    this.reasons = reasons;
    this.portions = new Portions(published.dataSets(), results.dataSets());
  }

  /** Whether nothing was measured. */
  public boolean isEmpty() {
    return measurements.isEmpty();
  }

  /**
   * Every table that the measurements fill: the paper's Tables 1 and 4 with their details, Table 2,
   * then videos and classes.
   */
  public List<Table> all() {
    List<Table> tables = new ArrayList<>();
    for (PublishedTable table : published.tables()) {
      for (String model : models()) {
        tables.addAll(overviews(table, model, of(model)));
        tables.addAll(details(table, model, of(model)));
      }
    }
    if (!results.dataSets().isEmpty()) {
      tables.add(
          portions.noted(
              DataSetTable.of(published.dataSets(), results.dataSets()), sets(measurements)));
    }
    for (String model : models()) {
      for (EvaluationSet set : sets(of(model))) {
        tables.addAll(videosAndClasses(set, model));
      }
    }
    return tables;
  }

  private List<Table> videosAndClasses(EvaluationSet set, String model) {
    MethodColumns methods =
        MethodColumns.of(published, of(model).stream().filter(m -> m.set().equals(set)).toList());
    List<Table> tables =
        new ArrayList<>(
            new VideoTables(set, methods, suffix(model), described(model), results.titles()).all());
    new ClassTable(set, methods, results, suffix(model), described(model))
        .table()
        .ifPresent(tables::add);
    tables.replaceAll(table -> portions.noted(table, Set.of(set)));
    return tables;
  }

  /**
   * The tables to look at first: the overviews of several data sets or tasks, and where there is
   * only one, its detailed table.
   */
  public List<Table> summary() {
    List<Table> tables = new ArrayList<>();
    for (PublishedTable table : published.tables()) {
      for (String model : models()) {
        List<Table> overviews = overviews(table, model, of(model));
        tables.addAll(overviews.isEmpty() ? details(table, model, of(model)) : overviews);
      }
    }
    return tables;
  }

  private List<Measurement> of(String model) {
    return measurements.stream().filter(m -> m.model().equals(model)).toList();
  }

  private List<Table> details(PublishedTable table, String model, List<Measurement> own) {
    List<Table> tables = new ArrayList<>();
    for (EvaluationSet set : sets(own)) {
      List<Measurement> measured = own.stream().filter(m -> m.set().equals(set)).toList();
      Table details =
          new DetailedTable(
                  published, table, set, suffix(model), described(model), reasons, results.titles())
              .of(measured);
      tables.add(chosen.noted(portions.noted(details, Set.of(set)), measured));
    }
    return tables;
  }

  private List<Table> overviews(PublishedTable table, String model, List<Measurement> own) {
    List<Table> tables = new ArrayList<>();
    Set<EvaluationSet> sets = sets(own);
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
        table.id() + suffix(model),
        table.caption() + ", paper's data" + described(model),
        Arrays.stream(PaperColumn.values()).map(OverviewTable.Quality::published).toList(),
        // The paper times its methods on KITTI-STEP's test videos.
        PaperColumn.TEST.set(),
        "Released protocol, percent; published numbers from the paper, its seconds on one A100.",
        reasons,
        results.titles());
  }

  /** All tasks that were evaluated on the same videos. */
  private OverviewTable allTasks(PublishedTable table, String model, List<EvaluationSet> tasks) {
    EvaluationSet first = tasks.get(0);
    EvaluationSet timed = tasks.get(tasks.size() - 1);
    return new OverviewTable(
        published,
        table,
        "%s-%s-%s%s".formatted(table.id(), first.dataset(), first.split(), suffix(model)),
        "%s, %s%s".formatted(table.caption(), results.titles().data(first), described(model)),
        tasks.stream().map(OverviewTable.Quality::unpublished).toList(),
        timed,
        "Frame means, and the released protocol beside them, percent; s/frame = adapt + predict of the %s task."
            .formatted(timed.task().id()),
        reasons,
        results.titles());
  }

  private Set<String> models() {
    return measurements.stream()
        .map(Measurement::model)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<EvaluationSet> sets(List<Measurement> measurements) {
    return measurements.stream()
        .map(Measurement::set)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String suffix(String model) {
    return models().size() == 1 ? "" : "-" + model;
  }

  private static String described(String model) {
    return ", model " + model;
  }
}
