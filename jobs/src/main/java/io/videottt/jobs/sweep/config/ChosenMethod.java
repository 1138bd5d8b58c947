package io.videottt.jobs.sweep.config;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A method of a sweep with all its settings.
 *
 * @param method the method
 * @param variant name of the settings in tables
 * @param settings preset, the sweep's settings and the method's own, one over the other
 */
public record ChosenMethod(Method method, String variant, AdaptationSettings settings) {

  public static ChosenMethod of(
      SweepConfiguration.MethodChoice choice, SweepConfiguration sweep, String source) {
    String where = "%s: methods: %s".formatted(source, choice.method());
    Method method = Methods.parse(choice.method(), source);
    String preset = choice.preset() == null ? sweep.preset() : choice.preset();
    AdaptationSettings settings =
        PresetFile.settings(preset, where)
            .with(sweep.settings(), source + ": settings")
            .with(choice.settings(), where)
            .with(Map.of("threads", sweep.threads()), where);
    return new ChosenMethod(method, choice.variant(), settings);
  }

  /** Those of some tasks that method and settings are defined for; the others are left out. */
  public Set<Task> of(Set<Task> tasks) {
    return tasks.stream()
        .filter(task -> limitation(task).isEmpty())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Task.class)));
  }

  /** Why a task is left out, in a sentence; empty where it is not. */
  public Optional<String> limitation(Task task) {
    return method.limitation(task).or(() -> settings.limitation(task));
  }
}
