package io.videottt.jobs.sweep.plan;

import io.videottt.catalog.definition.DataSetDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The Spark tasks of a sweep: one per video with all its units, or one per adaptation; the most
 * expensive first, so that Spark, which starts tasks in order, schedules the longest processing
 * time first.
 *
 * @param tasks most expensive first
 * @param labels what the units are called in tables, at least one for each, those that were done
 *     before included
 */
public record SweepPlan(List<VideoWork> tasks, Set<ResultLabel> labels) {

  /** A plan whose units have one name each. */
  public SweepPlan(List<VideoWork> tasks) {
    this(
        tasks,
        tasks.stream()
            .flatMap(task -> task.units().stream())
            .map(ResultLabel::of)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** All units, in the order of the tasks. */
  public List<Unit> units() {
    return tasks.stream().flatMap(task -> task.units().stream()).toList();
  }

  /** All groups, in the order of the tasks. */
  public List<AdaptationWork> groups() {
    return tasks.stream().flatMap(task -> task.groups().stream()).toList();
  }

  /** The data sets of all units. */
  public List<DataSetDefinition> dataSets() {
    Map<String, DataSetDefinition> dataSets = new LinkedHashMap<>();
    tasks.forEach(task -> dataSets.put(task.dataset().name(), task.dataset()));
    return List.copyOf(dataSets.values());
  }

  /** Seconds of computing that all units are expected to take. */
  public double cost() {
    return tasks.stream().mapToDouble(VideoWork::cost).sum();
  }

  /** The plan with other estimates, and so perhaps in another order. */
  public SweepPlan costed(CostModel costs) {
    return longestFirst(
        tasks.stream()
            .map(task -> task.with(task.groups().stream().map(g -> g.costed(costs)).toList()))
            .toList(),
        labels);
  }

  /** The plan of whole videos cut into tasks. */
  public SweepPlan split(WorkSplit split) {
    return switch (split) {
      case VIDEO -> this;
      case ADAPTATION ->
          longestFirst(
              tasks.stream()
                  .flatMap(task -> task.groups().stream().map(group -> task.with(List.of(group))))
                  .toList(),
              labels);
    };
  }

  /** The plan of some of its units and of their names only. */
  public SweepPlan only(Predicate<Unit> kept) {
    Set<String> others =
        units().stream()
            .filter(kept.negate())
            .map(Unit::id)
            .collect(Collectors.toUnmodifiableSet());
    Set<ResultLabel> names = new LinkedHashSet<>(labels);
    names.removeIf(name -> others.contains(name.unit()));
    return new SweepPlan(without(others).tasks(), names);
  }

  /** The plan without the units of some ids; tasks without units are left out. */
  public SweepPlan without(Set<String> unitIds) {
    List<VideoWork> remaining = new ArrayList<>();
    for (VideoWork task : tasks) {
      List<AdaptationWork> groups = AdaptationWork.without(task.groups(), unitIds);
      if (!groups.isEmpty()) {
        remaining.add(task.with(groups));
      }
    }
    return longestFirst(remaining, labels);
  }

  /**
   * Several sweeps in one: a unit that is in more than one of them is run once.
   *
   * @param plans of whole videos
   */
  public static SweepPlan union(List<SweepPlan> plans) {
    Map<VideoKey, List<VideoWork>> videos = new LinkedHashMap<>();
    Set<ResultLabel> labels = new LinkedHashSet<>();
    for (SweepPlan plan : plans) {
      plan.tasks.forEach(
          task -> videos.computeIfAbsent(VideoKey.of(task), key -> new ArrayList<>()).add(task));
      labels.addAll(plan.labels);
    }
    Set<String> known = new HashSet<>();
    List<VideoWork> tasks = new ArrayList<>();
    for (List<VideoWork> parts : videos.values()) {
      List<Unit> units =
          parts.stream()
              .flatMap(task -> task.units().stream())
              .filter(unit -> known.add(unit.id()))
              .toList();
      if (!units.isEmpty()) {
        tasks.add(parts.get(0).with(AdaptationWork.of(units, AssumedCosts.UNIT)));
      }
    }
    return longestFirst(tasks, labels);
  }

  private record VideoKey(DataSetDefinition dataset, String split, String video) {

    static VideoKey of(VideoWork task) {
      return new VideoKey(task.dataset(), task.split(), task.video());
    }
  }

  /** The plan of some tasks, the most expensive first. */
  static SweepPlan longestFirst(List<VideoWork> tasks, Set<ResultLabel> labels) {
    return new SweepPlan(
        tasks.stream().sorted(Comparator.comparingDouble(VideoWork::cost).reversed()).toList(),
        labels);
  }
}
