package io.videottt.jobs.grid;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.query.PairedDifferences;
import io.videottt.jobs.query.ResultKey;
import io.videottt.jobs.report.ReportJob;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.OwnSettings;
import io.videottt.reports.Protocol;
import io.videottt.reports.Results;
import io.videottt.reports.Titles;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * How the settings of a grid stand on some videos, from the results on disk: the same results give
 * the same standings, whenever and wherever they are asked for.
 */
public final class GridResults {

  private final SparkSession spark;
  private final String output;
  private final SweepPlan plan;
  private final Protocol protocol;
  private final Set<String> finished;
  private final Titles titles;
  private final Map<Place, Measurement> measurements = new LinkedHashMap<>();

  private record Place(Task task, String method, String variant) {}

  /**
   * Reads the results.
   *
   * @param plan the units that count
   * @param protocol whose value of a task's metric decides
   */
  public GridResults(SparkSession spark, String output, SweepPlan plan, Protocol protocol)
      throws IOException {
    this.spark = spark;
    this.output = output;
    this.plan = plan;
    this.protocol = protocol;
    this.finished =
        new ResultsFolder(output, spark.sparkContext().hadoopConfiguration()).inventory().units();
    Results results = new ReportJob(spark).results(output, Optional.of(plan.labels()));
    this.titles = results.titles();
    for (Measurement m : results.measurements()) {
      measurements.put(new Place(m.set().task(), m.method(), OwnSettings.unmarked(m.variant())), m);
      if (protocol == Protocol.RELEASED && m.released().unknownFrames() > 0) {
        throw new InvalidInputException(
            "%s: %s: rows of an earlier version do not hold what the protocol released needs; choose another --output, or another protocol in the grid file"
                .formatted(output, m.title()));
      }
    }
  }

  /** What data sets and splits are called. */
  Titles titles() {
    return titles;
  }

  Optional<Measurement> fixed(Task task) {
    return of(task, Methods.MAE_JOINT_TRAINING.id(), "");
  }

  Optional<Measurement> of(Task task, String method, String variant) {
    return Optional.ofNullable(measurements.get(new Place(task, method, variant)));
  }

  /** What a task was evaluated on. */
  EvaluationSet set(Task task) {
    Unit first = plan.units().get(0);
    return new EvaluationSet(first.dataset(), first.split(), task);
  }

  /**
   * The settings of a method that have results of all videos and seeds, the best first and of equal
   * ones the smaller setting.
   */
  List<Candidate> ranked(Task task, String method, List<Candidate> settings) {
    Set<String> incomplete = new HashSet<>();
    for (Unit unit : plan.units()) {
      if (unit.task() == task
          && unit.method().id().equals(method)
          && !finished.contains(unit.id())) {
        incomplete.add(unit.variant());
      }
    }
    return settings.stream()
        .filter(setting -> !incomplete.contains(setting.label()))
        .filter(setting -> !Double.isNaN(value(task, method, setting)))
        .sorted(
            Comparator.comparingDouble((Candidate s) -> -value(task, method, s))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private double value(Task task, String method, Candidate setting) {
    return of(task, method, setting.label())
        .map(measured -> measured.value(protocol))
        .orElse(Double.NaN);
  }

  /**
   * Differences to the best setting on the frames that both have.
   *
   * @return by the setting's label; none for the best itself
   */
  Map<String, Difference> differencesTo(Candidate best, Task task, String method)
      throws IOException {
    Set<String> ids =
        plan.units().stream()
            .filter(unit -> unit.task() == task && unit.method().id().equals(method))
            .map(Unit::id)
            .collect(Collectors.toSet());
    Set<ResultLabel> labels = new LinkedHashSet<>(plan.labels());
    labels.removeIf(label -> !ids.contains(label.unit()));
    PairedDifferences differences =
        new ReportJob(spark)
            .differencesTo(
                output, labels, method, of(task, method, best.label()).orElseThrow().variant());
    Map<String, Difference> byLabel = new LinkedHashMap<>();
    measurements.forEach(
        (place, m) -> {
          if (place.task() == task && place.method().equals(method)) {
            ResultKey key =
                new ResultKey(
                    m.set().dataset(), m.set().split(), task, m.model(), method, m.variant());
            differences.of(key).ifPresent(value -> byLabel.put(place.variant(), value));
          }
        });
    return byLabel;
  }
}
