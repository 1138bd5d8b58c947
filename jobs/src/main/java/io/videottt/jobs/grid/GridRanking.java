package io.videottt.jobs.grid;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import io.videottt.reports.Difference;
import io.videottt.reports.Measurement;
import io.videottt.reports.ranking.RankedCandidate;
import io.videottt.reports.ranking.Ranking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the rankings of a grid.
 *
 * @param grid what was asked
 * @param standings of all settings on all videos that they were run on
 * @param alive the settings by method that were run on all videos
 * @param pruned the settings by method that were dropped
 * @param videos number of videos
 */
record GridRanking(
    GridFile grid,
    GridResults standings,
    Map<String, List<Candidate>> alive,
    Map<String, Set<Candidate>> pruned,
    int videos) {

  /** One for each task and method, those of the task that settings are chosen by first. */
  List<Ranking> all() throws IOException {
    List<Task> tasks = new ArrayList<>(grid.base().tasks());
    tasks.sort(Comparator.comparing(task -> task != grid.task()));
    List<Ranking> rankings = new ArrayList<>();
    for (Task task : tasks) {
      for (SweepConfiguration.MethodChoice choice : grid.base().methods()) {
        List<Candidate> tried =
            grid.settings().stream()
                .filter(setting -> grid.supports(choice, setting, task))
                .toList();
        if (!tried.isEmpty()) {
          rankings.add(of(task, Methods.parse(choice.method(), grid.source()), tried));
        }
      }
    }
    return rankings;
  }

  private Ranking of(Task task, Method method, List<Candidate> tried) throws IOException {
    List<Candidate> ranked = standings.ranked(task, method.id(), alive.get(method.id()));
    Map<String, Difference> toBest =
        ranked.isEmpty() ? Map.of() : standings.differencesTo(ranked.get(0), task, method.id());
    List<RankedCandidate> settings = new ArrayList<>();
    List<RankedCandidate> others = new ArrayList<>();
    ranked.forEach(
        s -> settings.add(standing(task, method, s, RankedCandidate.State.RANKED, toBest)));
    for (Candidate setting : tried) {
      if (!ranked.contains(setting)) {
        boolean dropped = pruned.get(method.id()).contains(setting);
        others.add(
            standing(
                task,
                method,
                setting,
                dropped ? RankedCandidate.State.PRUNED : RankedCandidate.State.FAILED,
                toBest));
      }
    }
    Comparator<RankedCandidate> byGap =
        Comparator.comparingDouble(
            s -> -s.toBest().map(Difference::estimate).orElse(Double.NEGATIVE_INFINITY));
    others.sort(
        Comparator.comparing(RankedCandidate::state)
            .thenComparing(Comparator.comparingInt(RankedCandidate::videos).reversed())
            .thenComparing(byGap));
    settings.addAll(others);
    return new Ranking(
        standings.set(task),
        grid.protocol(),
        method.title(),
        "ranking-%s-%s-%s-%s"
            .formatted(
                standings.set(task).dataset(), standings.set(task).split(), task.id(), method.id()),
        videos,
        standings.fixed(task),
        settings,
        standings.titles());
  }

  private RankedCandidate standing(
      Task task,
      Method method,
      Candidate setting,
      RankedCandidate.State state,
      Map<String, Difference> toBest) {
    Optional<Measurement> measured = standings.of(task, method.id(), setting.label());
    return new RankedCandidate(
        setting.label(),
        setting.values(),
        state,
        measured.map(Measurement::videos).orElse(0),
        measured,
        Optional.ofNullable(toBest.get(setting.label())));
  }
}
