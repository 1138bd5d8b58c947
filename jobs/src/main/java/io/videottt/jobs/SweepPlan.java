package io.videottt.jobs;

import io.videottt.adaptation.AdaptationSettings;
import io.videottt.adaptation.Method;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.DataSetDefinition;
import io.videottt.catalog.Video;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The tasks of a sweep: one per video with all its units, the most expensive first, so that Spark,
 * which starts tasks in order, schedules the longest processing time first.
 *
 * @param tasks most expensive first
 */
record SweepPlan(List<VideoTask> tasks) {

  private static final String DEFAULT_PRESET = "released";

  /** All units, in the order of the tasks. */
  List<Unit> units() {
    return tasks.stream().flatMap(task -> task.units().stream()).toList();
  }

  /** Cost of all units, in predictions of a frame. */
  double cost() {
    return tasks.stream().mapToDouble(VideoTask::cost).sum();
  }

  /** The plan without the units of some ids; tasks without units are left out. */
  SweepPlan without(Set<String> unitIds) {
    List<VideoTask> remaining = new ArrayList<>();
    for (VideoTask task : tasks) {
      List<Unit> units = task.units().stream().filter(u -> !unitIds.contains(u.id())).toList();
      if (!units.isEmpty()) {
        remaining.add(task(task.dataset(), task.split(), task.video(), units));
      }
    }
    return new SweepPlan(longestFirst(remaining));
  }

  /**
   * Makes the plan that a sweep file asks for.
   *
   * @param configuration the file's content
   * @param source the file's name, for messages
   * @param datasets opens a data set, given its name and the root in the file or null
   * @param path makes a path in the file usable, whatever folder the command runs in
   * @param fingerprint the SHA-256 of the weights in a model folder
   */
  static SweepPlan of(
      SweepConfiguration configuration,
      String source,
      BiFunction<String, String, DataSet> datasets,
      UnaryOperator<String> path,
      UnaryOperator<String> fingerprint) {
    List<ChosenMethod> methods =
        configuration.methods().stream()
            .map(choice -> ChosenMethod.of(choice, configuration.threads(), source))
            .toList();
    String trainingImages = trainingImages(configuration, methods, source);
    Map<String, String> fingerprints = new HashMap<>();
    List<VideoTask> tasks = new ArrayList<>();
    for (SweepConfiguration.DataSetChoice choice : configuration.datasets()) {
      DataSet dataset = datasets.apply(choice.name(), choice.root());
      for (String split : choice.splits()) {
        for (Video video : videos(dataset, split, choice.videos())) {
          Map<String, Unit> units = new LinkedHashMap<>();
          for (SweepConfiguration.ModelChoice model : configuration.models()) {
            for (ChosenMethod method : methods) {
              for (long seed : configuration.seeds()) {
                String folder = path.apply(folder(model, method.method(), source));
                Unit unit =
                    new Unit(
                        choice.name(),
                        split,
                        Task.parse(configuration.task(), source),
                        video.id(),
                        video.frameCount(),
                        method.method(),
                        method.variant(),
                        method.settings(),
                        seed,
                        model.label(),
                        folder,
                        fingerprints.computeIfAbsent(folder, fingerprint),
                        trainingImages);
                // A fixed model gives the same whatever the seed: a setting is run once.
                units.putIfAbsent(unit.id(), unit);
              }
            }
          }
          tasks.add(task(dataset.definition(), split, video.id(), List.copyOf(units.values())));
        }
      }
    }
    return new SweepPlan(longestFirst(tasks));
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

  private static List<Video> videos(DataSet dataset, String split, List<String> filter) {
    if (filter.isEmpty()) {
      return dataset.videos(split);
    }
    return filter.stream().map(id -> dataset.video(split, id)).toList();
  }

  private static VideoTask task(
      DataSetDefinition dataset, String split, String video, List<Unit> units) {
    double cost = units.stream().mapToDouble(CostModel::of).sum();
    return new VideoTask(dataset, split, video, units, cost);
  }

  private static List<VideoTask> longestFirst(List<VideoTask> tasks) {
    return tasks.stream().sorted(Comparator.comparingDouble(VideoTask::cost).reversed()).toList();
  }
}
