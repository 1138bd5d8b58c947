package io.videottt.jobs.grid;

import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.OutputPlace;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.report.TableFiles;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.RunContext;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.Scheduling;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.run.SweepSession;
import io.videottt.reports.Difference;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.figure.FigureFormat;
import io.videottt.reports.ranking.Ranking;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Runs the settings of a grid file, ranks them and writes the best as a sweep file. What is dropped
 * on the way is decided from the results on disk, so a grid that is started again decides the same.
 */
public final class GridJob {

  private static final String RANKING = "ranking";

  private final RunContext options;

  public GridJob(RunContext options) {
    this.options = options;
  }

  /** What has been decided on the way. */
  private static final class Course {

    private final Map<String, List<Candidate>> alive;
    private final Map<String, Set<Candidate>> pruned = new HashMap<>();
    private SweepPlan planned = new SweepPlan(List.of());

    Course(Map<String, List<Candidate>> all) {
      this.alive = new LinkedHashMap<>(all);
      all.keySet().forEach(method -> pruned.put(method, new HashSet<>()));
    }

    boolean isAlive(Unit unit) {
      return !unit.method().adapts()
          || alive.get(unit.method().id()).stream()
              .anyMatch(setting -> setting.label().equals(unit.variant()));
    }
  }

  /**
   * Runs what is missing, prints the rankings and writes them and the chosen settings.
   *
   * @param request the grid file
   * @param scheduling tasks and their order
   * @param output results folder
   * @return whether every unit that was to run has results
   * @throws InvalidInputException when file, data, models or output cannot be used; nothing ran
   *     then
   */
  public boolean run(SweepRequest request, Scheduling scheduling, String output)
      throws IOException {
    DeviceChoice.check(options.device());
    FigureFormat.requireFonts();
    GridFile grid = GridFile.read(request.config(), request.overrides());
    Configuration hadoop = HadoopSettings.of(options.spark());
    OutputPlace.requireFolder(output, "--output", hadoop);
    SweepPlanner planner = new SweepPlanner(request, List.of(grid.sweep(grid.all())), hadoop);
    SweepPlan all = planner.plan();
    if (grid.halving() != null) {
      grid.halving().requireVideos(all.tasks().size(), grid.source());
    }
    String config = request.config().toString();
    try (SweepSession session =
        new SweepSession("grid", config, planner, scheduling, output, options)) {
      options
          .err()
          .printf(
              "%s of %s%s%n",
              Count.of(grid.settings().size(), "setting"),
              Count.of(grid.base().methods().size(), "method"),
              grid.halving() == null ? "" : ", " + grid.halving().describe());
      session.force(all);
      Course course = new Course(grid.all());
      if (grid.halving() != null) {
        for (int videos : grid.halving().rungs()) {
          prune(grid, all, course, videos, session, output);
        }
      }
      runOn(all, course, unit -> true, session);
      GridResults standings =
          new GridResults(session.spark(), output, course.planned, grid.protocol());
      List<Ranking> rankings =
          new GridRanking(grid, standings, course.alive, course.pruned, all.tasks().size()).all();
      write(rankings, output, hadoop);
      choose(rankings, new ChosenSettingsFile(request, grid, output, all, hadoop));
      return session.printFailures();
    }
  }

  private static void runOn(
      SweepPlan all, Course course, Predicate<Unit> videos, SweepSession session)
      throws IOException {
    SweepPlan next = all.only(unit -> videos.test(unit) && course.isAlive(unit));
    course.planned = SweepPlan.union(List.of(course.planned, next));
    session.run(course.planned);
  }

  private void prune(
      GridFile grid, SweepPlan all, Course course, int count, SweepSession session, String output)
      throws IOException {
    Set<String> videos = Set.copyOf(grid.halving().ordered(all.tasks()).subList(0, count));
    runOn(all, course, unit -> videos.contains(unit.video()), session);
    SweepPlan rung = all.only(unit -> videos.contains(unit.video()) && course.isAlive(unit));
    GridResults standings = new GridResults(session.spark(), output, rung, grid.protocol());
    for (Map.Entry<String, List<Candidate>> entry : course.alive.entrySet()) {
      List<Candidate> ranked = standings.ranked(grid.task(), entry.getKey(), entry.getValue());
      if (ranked.isEmpty()) {
        continue;
      }
      Map<String, Difference> toBest =
          standings.differencesTo(ranked.get(0), grid.task(), entry.getKey());
      Set<Candidate> worse = course.pruned.get(entry.getKey());
      int before = worse.size();
      for (Candidate setting :
          ranked.subList(grid.halving().kept(entry.getValue().size()), ranked.size())) {
        Difference difference = toBest.get(setting.label());
        if (difference != null && difference.sameVideos().upper() < 0) {
          worse.add(setting);
        }
      }
      options
          .err()
          .printf(
              "%s: after %s %d of %s are clearly worse and go no further%n",
              entry.getKey(),
              Count.of(count, "video"),
              worse.size() - before,
              Count.of(entry.getValue().size(), "setting"));
      // What failed on one of these videos will not be ranked, whatever it does on others.
      entry.setValue(
          entry.getValue().stream()
              .filter(setting -> ranked.contains(setting) && !worse.contains(setting))
              .toList());
    }
    options.err().flush();
  }

  private void write(List<Ranking> rankings, String output, Configuration hadoop)
      throws IOException {
    String folder = output + "/" + RANKING;
    List<Table> tables = rankings.stream().map(Ranking::table).toList();
    new TableFiles(folder, hadoop).write(tables);
    int figures = drawn(rankings, folder, hadoop);
    tables.forEach(table -> options.out().println(TableFormat.MARKDOWN.render(table)));
    options
        .out()
        .printf(
            "%s as md, csv and tex and %s as svg and png written to %s%n",
            Count.of(tables.size(), "table"), Count.of(figures, "figure"), folder);
    options.out().flush();
  }

  private static int drawn(List<Ranking> rankings, String folder, Configuration hadoop)
      throws IOException {
    Storage storage = Storage.of(new Path(folder), hadoop);
    int count = 0;
    for (Ranking ranking : rankings) {
      for (Figure figure : ranking.figures()) {
        for (FigureFormat format : FigureFormat.values()) {
          byte[] picture = format.draw(figure);
          Path file = new Path(folder, figure.name() + "." + format.extension());
          storage.write(file, stream -> stream.write(picture));
        }
        count++;
      }
    }
    return count;
  }

  private void choose(List<Ranking> rankings, ChosenSettingsFile chosen) throws IOException {
    Optional<ChosenSettingsFile.Files> written = chosen.write(rankings);
    options
        .out()
        .println(
            written
                .map(files -> "the best setting as a sweep: " + files.sweep())
                .orElse("no setting has results of all videos, so none is chosen"));
    written
        .flatMap(ChosenSettingsFile.Files::settings)
        .ifPresent(file -> options.out().println("its settings alone, to be extended: " + file));
    options.out().flush();
  }
}
