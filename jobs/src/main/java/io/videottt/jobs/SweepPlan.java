package io.videottt.jobs;

import io.videottt.adaptation.AdaptationSettings;
import io.videottt.adaptation.Method;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.Video;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The Spark tasks of a sweep: one per video with all its units, or one per adaptation; the most
 * expensive first, so that Spark, which starts tasks in order, schedules the longest processing
 * time first.
 *
 * @param tasks most expensive first
 */
record SweepPlan(List<VideoTask> tasks) {

  private static final String DEFAULT_PRESET = "released";

  /** All units, in the order of the tasks. */
  List<Unit> units() {
    return tasks.stream().flatMap(task -> task.units().stream()).toList();
  }

  /** All groups, in the order of the tasks. */
  List<UnitGroup> groups() {
    return tasks.stream().flatMap(task -> task.groups().stream()).toList();
  }

  /** Seconds of computing that all units are expected to take. */
  double cost() {
    return tasks.stream().mapToDouble(VideoTask::cost).sum();
  }

  /** The plan with other estimates, and so perhaps in another order. */
  SweepPlan costed(CostModel costs) {
    return longestFirst(
        tasks.stream()
            .map(task -> task.with(task.groups().stream().map(g -> g.costed(costs)).toList()))
            .toList());
  }

  /** The plan of whole videos cut into tasks. */
  SweepPlan split(TaskSplit split) {
    return switch (split) {
      case VIDEO -> this;
      case UNIT ->
          longestFirst(
              tasks.stream()
                  .flatMap(task -> task.groups().stream().map(group -> task.with(List.of(group))))
                  .toList());
    };
  }

  /** The plan without the units of some ids; tasks without units are left out. */
  SweepPlan without(Set<String> unitIds) {
    List<VideoTask> remaining = new ArrayList<>();
    for (VideoTask task : tasks) {
      List<UnitGroup> groups = UnitGroup.without(task.groups(), unitIds);
      if (!groups.isEmpty()) {
        remaining.add(task.with(groups));
      }
    }
    return longestFirst(remaining);
  }

  /**
   * Makes the plan that a sweep file asks for: one task per video, at assumed costs.
   *
   * @param configuration the file's content
   * @param source the file's name, for messages
   * @param datasets opens a data set, given its name and the root in the file or null
   * @param path makes a path in the file usable, whatever folder the command runs in
   * @param models looks into a model folder
   * @throws InvalidInputException when a data set has no ground truth for a task, a model cannot
   *     predict it, or no method is defined for any of the tasks
   */
  static SweepPlan of(
      SweepConfiguration configuration,
      String source,
      BiFunction<String, String, DataSet> datasets,
      UnaryOperator<String> path,
      Function<String, PlannedModel> models) {
    List<ChosenMethod> methods =
        configuration.methods().stream()
            .map(choice -> ChosenMethod.of(choice, configuration.threads(), source))
            .toList();
    String trainingImages = trainingImages(configuration, methods, source);
    List<ChosenModel> chosenModels =
        configuration.models().stream()
            .map(choice -> ChosenModel.of(choice, configuration, methods, source, path, models))
            .toList();
    Set<Task> tasksOfAll = EnumSet.noneOf(Task.class);
    chosenModels.forEach(model -> tasksOfAll.addAll(model.tasks()));
    methods.forEach(method -> method.requireSomeTask(tasksOfAll, source));
    List<VideoTask> tasks = new ArrayList<>();
    for (SweepConfiguration.DataSetChoice choice : configuration.datasets()) {
      DataSet dataset = datasets.apply(choice.name(), choice.root());
      for (String split : choice.splits()) {
        for (Video video : videos(dataset, split, choice.videos(), tasksOfAll)) {
          Map<String, Unit> units = new LinkedHashMap<>();
          for (ChosenModel model : chosenModels) {
            for (ChosenMethod method : methods) {
              for (long seed : configuration.seeds()) {
                Unit unit = unit(choice.name(), split, video, model, method, seed, trainingImages);
                for (Task task : method.of(model.tasks())) {
                  Unit ofTask = unit.withTask(task);
                  // A fixed model gives the same whatever the seed: a setting is run once.
                  units.putIfAbsent(ofTask.id(), ofTask);
                }
              }
            }
          }
          requireUnits(units.values(), configuration, source);
          List<UnitGroup> groups = UnitGroup.of(units.values(), AssumedCosts.UNIT);
          tasks.add(VideoTask.of(dataset.definition(), split, video.id(), groups));
        }
      }
    }
    return longestFirst(tasks);
  }

  private static void requireUnits(
      Collection<Unit> units, SweepConfiguration configuration, String source) {
    if (units.isEmpty()) {
      throw new InvalidInputException(
          "%s: nothing is left to run\n%s"
              .formatted(source, String.join("\n", LeftOut.of(configuration, source).lines())));
    }
  }

  private static Unit unit(
      String dataset,
      String split,
      Video video,
      ChosenModel model,
      ChosenMethod method,
      long seed,
      String trainingImages) {
    ChosenFolder folder = model.folder(method.method());
    return new Unit(
        dataset,
        split,
        Task.SEMANTIC,
        video.id(),
        video.frameCount(),
        method.method(),
        method.variant(),
        method.settings(),
        seed,
        model.label(),
        model.trainingSeed(),
        folder.path(),
        folder.model().fingerprint(),
        trainingImages);
  }

  private record ChosenMethod(Method method, String variant, AdaptationSettings settings) {

    static ChosenMethod of(SweepConfiguration.MethodChoice choice, int threads, String source) {
      String where = "%s: methods: %s".formatted(source, choice.method());
      Method method = Method.parse(choice.method(), source);
      String preset = choice.preset() == null ? DEFAULT_PRESET : choice.preset();
      AdaptationSettings settings =
          AdaptationSettings.preset(preset, where)
              .with(choice.settings(), where)
              .with(Map.of("threads", threads), where);
      return new ChosenMethod(method, choice.variant(), settings);
    }

    /** Those of some tasks that method and settings are defined for; the others are left out. */
    Set<Task> of(Set<Task> tasks) {
      return tasks.stream()
          .filter(task -> method.supports(task) && settings.supports(task))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Task.class)));
    }

    void requireSomeTask(Set<Task> tasks, String source) {
      if (tasks.stream().noneMatch(settings::supports)) {
        throw new InvalidInputException(
            "%s: methods: %s: its settings (smoothing, votes) are defined for no task of this sweep"
                .formatted(source, method.id()));
      }
    }
  }

  private static String trainingImages(
      SweepConfiguration configuration, List<ChosenMethod> methods, String source) {
    boolean needed = methods.stream().anyMatch(m -> m.method().needsTrainingImages());
    SweepConfiguration.TrainingImages images = configuration.trainingImages();
    if (needed && images == null) {
      throw new InvalidInputException(
          "%s: a control needs training images; add trainingImages with dataset and split"
              .formatted(source));
    }
    return images == null ? "" : images.dataset() + "/" + images.split();
  }

  private record ChosenFolder(String path, PlannedModel model) {}

  /**
   * A model set.
   *
   * @param label its name
   * @param trainingSeed seed that it was trained with, null where the file does not tell
   * @param tasks what it predicts
   * @param joint null where no method needs it
   * @param mainTaskOnly null where no method needs it
   */
  private record ChosenModel(
      String label,
      Long trainingSeed,
      Set<Task> tasks,
      ChosenFolder joint,
      ChosenFolder mainTaskOnly) {

    static ChosenModel of(
        SweepConfiguration.ModelChoice choice,
        SweepConfiguration configuration,
        List<ChosenMethod> methods,
        String source,
        UnaryOperator<String> path,
        Function<String, PlannedModel> models) {
      Set<Task> tasks = configuration.tasksOf(choice);
      ChosenFolder joint = null;
      ChosenFolder mainTaskOnly = null;
      for (ChosenMethod method : methods) {
        if (method.method().usesMainTaskModel() ? mainTaskOnly != null : joint != null) {
          continue;
        }
        String folder = path.apply(SweepPlan.folder(choice, method.method(), source));
        ChosenFolder chosen = new ChosenFolder(folder, models.apply(folder));
        requireTasks(choice, chosen, tasks, source);
        if (method.method().usesMainTaskModel()) {
          mainTaskOnly = chosen;
        } else {
          joint = chosen;
        }
      }
      return new ChosenModel(choice.label(), choice.trainingSeed(), tasks, joint, mainTaskOnly);
    }

    ChosenFolder folder(Method method) {
      return method.usesMainTaskModel() ? mainTaskOnly : joint;
    }
  }

  private static void requireTasks(
      SweepConfiguration.ModelChoice choice, ChosenFolder folder, Set<Task> tasks, String source) {
    Set<Task> able = folder.model().tasks();
    for (Task task : tasks) {
      if (!able.contains(task)) {
        String names =
            able.stream().sorted().map(Task::id).collect(Collectors.joining(", ", "[", "]"));
        throw new InvalidInputException(
            "%s: models: %s: the model in %s cannot do %s segmentation; give it tasks: %s"
                .formatted(source, choice.label(), folder.path(), task.id(), names));
      }
    }
  }

  private static String folder(SweepConfiguration.ModelChoice model, Method method, String source) {
    String folder = method.usesMainTaskModel() ? model.mainTaskOnly() : model.joint();
    if (folder == null) {
      throw new InvalidInputException(
          "%s: models: %s has no %s folder, which %s needs"
              .formatted(
                  source,
                  model.label(),
                  method.usesMainTaskModel() ? "mainTaskOnly" : "joint",
                  method.id()));
    }
    return folder;
  }

  private static List<Video> videos(
      DataSet dataset, String split, List<String> filter, Set<Task> tasks) {
    if (filter.isEmpty()) {
      return dataset.videos(split, tasks);
    }
    return filter.stream().map(id -> dataset.video(split, id, tasks)).toList();
  }

  private static SweepPlan longestFirst(List<VideoTask> tasks) {
    return new SweepPlan(
        tasks.stream().sorted(Comparator.comparingDouble(VideoTask::cost).reversed()).toList());
  }
}
