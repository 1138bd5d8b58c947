package io.videottt.jobs.sweep.config;

import io.videottt.adaptation.method.Method;
import io.videottt.base.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pairs of method and task that a sweep asks for and no unit is made of, since the method or
 * its settings are not defined for the task.
 *
 * @param methods for each reason the methods
 * @param tasks for each reason the tasks
 */
public record SkippedPairs(Map<String, Set<Method>> methods, Map<String, Set<Task>> tasks) {

  /** What a sweep file asks for. */
  public static SkippedPairs of(SweepConfiguration configuration, String source) {
    Set<Task> tasks =
        configuration.models().stream()
            .flatMap(model -> configuration.tasksOf(model).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, Set<Method>> limited = new TreeMap<>();
    Map<String, Set<Task>> missing = new TreeMap<>();
    for (SweepConfiguration.MethodChoice choice : configuration.methods()) {
      ChosenMethod chosen = ChosenMethod.of(choice, configuration, source);
      for (Task task : tasks) {
        chosen
            .limitation(task)
            .ifPresent(
                reason -> {
                  limited
                      .computeIfAbsent(reason, key -> new LinkedHashSet<>())
                      .add(chosen.method());
                  missing.computeIfAbsent(reason, key -> new LinkedHashSet<>()).add(task);
                });
      }
    }
    return new SkippedPairs(limited, missing);
  }

  /** A line for each reason. */
  public List<String> lines() {
    return methods.keySet().stream()
        .map(
            reason ->
                "left out: %s for %s: %s"
                    .formatted(
                        methods.get(reason).stream()
                            .map(Method::id)
                            .collect(Collectors.joining(", ")),
                        tasks.get(reason).stream().map(Task::id).collect(Collectors.joining(", ")),
                        reason))
        .toList();
  }
}
