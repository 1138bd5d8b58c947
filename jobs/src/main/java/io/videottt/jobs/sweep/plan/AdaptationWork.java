package io.videottt.jobs.sweep.plan;

import io.videottt.base.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An adaptation with the units that are wanted of it: the model adapts once, and all their tasks
 * are predicted and scored at every frame. Each unit keeps its own id and its own file. The units
 * differ in the task only, and perhaps in names.
 *
 * @param units at least one, in the order of {@link Task}
 * @param cost seconds that they are expected to take together
 */
public record AdaptationWork(List<Unit> units, double cost) implements Serializable {

  public AdaptationWork {
    units = units.stream().sorted(Comparator.comparing(Unit::task)).toList();
  }

  /** Puts together what can run together; groups stand in the order of their first units. */
  public static List<AdaptationWork> of(Collection<Unit> units, CostModel costs) {
    Map<Map<String, String>, List<Unit>> groups = new LinkedHashMap<>();
    for (Unit unit : units) {
      groups.computeIfAbsent(unit.adaptation().identity(), key -> new ArrayList<>()).add(unit);
    }
    return groups.values().stream()
        .map(group -> new AdaptationWork(group, costs.seconds(group)))
        .toList();
  }

  /** What runs, by the names of the first unit. */
  public Adaptation adaptation() {
    return units.get(0).adaptation();
  }

  public Set<Task> tasks() {
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    units.forEach(unit -> tasks.add(unit.task()));
    return tasks;
  }

  /** Some of the units: they need the same adaptation, so the cost stays. */
  public AdaptationWork of(List<Unit> some) {
    return new AdaptationWork(some, cost);
  }

  /** The same units with another estimate. */
  AdaptationWork costed(CostModel costs) {
    return new AdaptationWork(units, costs.seconds(units));
  }

  /** The groups without some units; a group without units is left out. */
  static List<AdaptationWork> without(List<AdaptationWork> groups, Set<String> unitIds) {
    List<AdaptationWork> remaining = new ArrayList<>();
    for (AdaptationWork group : groups) {
      List<Unit> units = group.units.stream().filter(u -> !unitIds.contains(u.id())).toList();
      if (!units.isEmpty()) {
        remaining.add(group.of(units));
      }
    }
    return remaining;
  }
}
