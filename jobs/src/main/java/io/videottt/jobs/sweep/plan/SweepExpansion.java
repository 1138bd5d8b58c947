package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.method.Method;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.SplitVideos;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.sweep.config.ChosenMethod;
import io.videottt.jobs.sweep.config.SkippedPairs;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import io.videottt.jobs.sweep.config.SweepSource;
import io.videottt.model.ReconstructionTarget;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The product of videos, models, methods and seeds that a sweep asks for. */
final class SweepExpansion {

  private final SweepConfiguration configuration;
  private final String source;
  private final Function<String, DataSetDefinition> catalog;
  private final BiFunction<String, String, DataSet> datasets;
  private final BiFunction<String, Optional<ReconstructionTarget>, ModelInfo> models;
  private final DataFindings findings;
  private final Set<String> notes;
  private final FrameSizes sizes;

  /** Whether there is a video to run something on. */
  private boolean videoFound;

  /**
   * @param part the sweep
   * @param catalog the definition of a data set, given its name
   * @param datasets opens a data set, given its name and the root in the file or null
   * @param models looks into a model folder, with the decoder for a target or the usual one
   * @param findings takes what is wrong with the data
   * @param notes takes what a reader must know about the models' classes
   * @param sizes takes the videos
   */
  SweepExpansion(
      SweepSource part,
      Function<String, DataSetDefinition> catalog,
      BiFunction<String, String, DataSet> datasets,
      BiFunction<String, Optional<ReconstructionTarget>, ModelInfo> models,
      DataFindings findings,
      Set<String> notes,
      FrameSizes sizes) {
    this.sizes = sizes;
    this.findings = findings;
    this.notes = notes;
    this.configuration = part.configuration();
    this.source = part.source();
    this.catalog = catalog;
    this.datasets = datasets;
    this.models = models;
  }

  /**
   * One task per video that can be opened, at assumed costs.
   *
   * @throws InvalidInputException when a data set has no ground truth for a task, a model cannot
   *     predict it or predicts other classes, or no method is defined for any of the tasks
   */
  SweepPlan plan() {
    List<ChosenMethod> methods =
        configuration.methods().stream()
            .map(choice -> ChosenMethod.of(choice, configuration, source))
            .toList();
    String trainingImages = trainingImages(configuration, methods, source);
    List<ChosenModel> chosenModels =
        configuration.models().stream()
            .map(choice -> ChosenModel.of(choice, configuration, methods, source, models))
            .toList();
    // A video is opened in colour or gray, for the models that see it so.
    List<SweepPlan> plans = new ArrayList<>();
    for (boolean gray : List.of(false, true)) {
      List<ChosenModel> alike =
          chosenModels.stream().filter(model -> model.seesGray() == gray).toList();
      if (!alike.isEmpty()) {
        plans.add(plan(alike, methods, trainingImages));
      }
    }
    SweepPlan plan = SweepPlan.union(plans);
    if (plan.tasks().isEmpty() && videoFound) {
      throw new InvalidInputException(
          "%s: nothing is left to run\n%s"
              .formatted(
                  source, String.join("\n", SkippedPairs.of(configuration, source).lines())));
    }
    return plan;
  }

  private SweepPlan plan(
      List<ChosenModel> chosenModels, List<ChosenMethod> methods, String trainingImages) {
    Set<Task> tasksOfAll = EnumSet.noneOf(Task.class);
    chosenModels.forEach(model -> tasksOfAll.addAll(model.tasks()));
    List<VideoWork> tasks = new ArrayList<>();
    Set<ResultLabel> labels = new LinkedHashSet<>();
    for (SweepConfiguration.DataSetChoice choice : configuration.datasets()) {
      DataSet dataset = datasets.apply(choice.name(), choice.root());
      chosenModels.forEach(model -> compare(model, dataset.definition()));
      for (String split : choice.splits()) {
        SplitVideos found = dataset.open(split, choice.videos(), tasksOfAll);
        findings.add(choice.name(), split, found);
        findings.addWarnings(
            choice.name(), split, found.videos(), ids -> dataset.warnings(split, ids, tasksOfAll));
        for (Video video : found.videos()) {
          videoFound = true;
          sizes.see(dataset.definition().name(), split, video);
          Map<String, Unit> units = new LinkedHashMap<>();
          for (ChosenModel model : chosenModels) {
            for (ChosenMethod method : methods) {
              for (long seed : configuration.seeds()) {
                Adaptation adaptation =
                    adaptation(dataset, split, video, model, method, seed, trainingImages);
                for (Task task : method.of(model.tasks())) {
                  Unit ofTask = adaptation.unit(task);
                  // A fixed model gives the same whatever the seed: a setting is run once.
                  units.putIfAbsent(ofTask.id(), ofTask);
                  labels.add(ResultLabel.of(ofTask));
                }
              }
            }
          }
          if (!units.isEmpty()) {
            List<AdaptationWork> groups = AdaptationWork.of(units.values(), AssumedCosts.UNIT);
            tasks.add(VideoWork.of(dataset.definition(), split, video.id(), groups));
          }
        }
      }
    }
    return SweepPlan.longestFirst(tasks, labels);
  }

  private void compare(ChosenModel model, DataSetDefinition dataset) {
    for (ChosenFolder folder : model.folders()) {
      if (folder.model().isMissing()) {
        continue;
      }
      ClassLists classes = new ClassLists(folder.model(), folder.path(), dataset);
      classes.requireSame(model.tasks(), "%s: models: %s".formatted(source, model.label()));
      classes.note().ifPresent(notes::add);
    }
  }

  private Adaptation adaptation(
      DataSet dataset,
      String split,
      Video video,
      ChosenModel model,
      ChosenMethod method,
      long seed,
      String trainingImages) {
    ChosenFolder folder = model.folder(method);
    return new Adaptation(
        dataset.definition().name(),
        split,
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
        trainingImages,
        resultVersion(dataset, video, folder.model(), method));
  }

  private int resultVersion(DataSet dataset, Video video, ModelInfo model, ChosenMethod method) {
    int version = ResultVersion.of(dataset.definition().layout());
    if (version == ResultVersion.COMPUTED && isPadded(video, model, method)) {
      version = ResultVersion.PADDED;
    }
    if (method.method().needs().trainingImages()) {
      String training = configuration.trainingImages().dataset();
      version = Math.max(version, ResultVersion.of(catalog.apply(training).layout()));
    }
    return ResultVersion.of(version, method.method(), method.settings());
  }

  /** Whether a network pads computed frames or samples of them. */
  private static boolean isPadded(Video video, ModelInfo model, ChosenMethod method) {
    if (model.padding().isNone()) {
      return false;
    }
    RgbImage frame = video.read(0).image();
    return method
        .method()
        .isPadded(method.settings(), model.padding(), frame.height(), frame.width());
  }

  private static String trainingImages(
      SweepConfiguration configuration, List<ChosenMethod> methods, String source) {
    Optional<ChosenMethod> needing =
        methods.stream().filter(m -> m.method().needs().trainingImages()).findFirst();
    SweepConfiguration.TrainingImages images = configuration.trainingImages();
    if (needing.isPresent() && images == null) {
      throw new InvalidInputException(
          "%s: %s needs training images; add trainingImages with dataset and split"
              .formatted(source, needing.get().method().id()));
    }
    return images == null ? "" : images.id();
  }

  private record ChosenFolder(String path, ModelInfo model) {}

  /**
   * A model set.
   *
   * @param label its name
   * @param trainingSeed seed that it was trained with, null where the file does not tell
   * @param tasks what it predicts
   * @param chosen its folders by what methods need of them
   */
  private record ChosenModel(
      String label, Long trainingSeed, Set<Task> tasks, Map<Need, ChosenFolder> chosen) {

    /**
     * What a method needs of a model set.
     *
     * @param mainTaskOnly the model before joint training, or after it
     * @param target of the reconstruction decoder, empty where none is needed
     */
    private record Need(boolean mainTaskOnly, Optional<ReconstructionTarget> target) {

      static Need of(ChosenMethod method) {
        return new Need(
            method.method().needs().mainTaskModel(), method.method().target(method.settings()));
      }
    }

    static ChosenModel of(
        SweepConfiguration.ModelChoice choice,
        SweepConfiguration configuration,
        List<ChosenMethod> methods,
        String source,
        BiFunction<String, Optional<ReconstructionTarget>, ModelInfo> models) {
      Set<Task> tasks = configuration.tasksOf(choice);
      Map<Need, ChosenFolder> chosen = new LinkedHashMap<>();
      for (ChosenMethod method : methods) {
        Need need = Need.of(method);
        if (!chosen.containsKey(need)) {
          String name = SweepExpansion.folder(choice, method.method(), source);
          ChosenFolder folder = new ChosenFolder(name, models.apply(name, need.target()));
          requireTasks(choice, folder, tasks, source);
          chosen.put(need, folder);
        }
      }
      return new ChosenModel(choice.label(), choice.trainingSeed(), tasks, chosen);
    }

    /** Whether it is shown frames without their colours. */
    boolean seesGray() {
      return tasks.stream().anyMatch(Task::seesGray);
    }

    /** Those that methods need. */
    List<ChosenFolder> folders() {
      return List.copyOf(chosen.values());
    }

    ChosenFolder folder(ChosenMethod method) {
      return chosen.get(Need.of(method));
    }
  }

  private static void requireTasks(
      SweepConfiguration.ModelChoice choice, ChosenFolder folder, Set<Task> tasks, String source) {
    folder.model().requireOneOutput(folder.path(), tasks);
    Set<Task> able = folder.model().tasks();
    for (Task task : tasks) {
      if (!able.contains(task)) {
        String names =
            able.stream().sorted().map(Task::id).collect(Collectors.joining(", ", "[", "]"));
        throw new InvalidInputException(
            "%s: models: %s: the model in %s cannot do %s; give it tasks: %s"
                .formatted(source, choice.label(), folder.path(), task.title(), names));
      }
    }
  }

  private static String folder(SweepConfiguration.ModelChoice model, Method method, String source) {
    String folder = method.needs().mainTaskModel() ? model.mainTaskOnly() : model.joint();
    if (folder == null) {
      throw new InvalidInputException(
          "%s: models: %s has no %s folder, which %s needs"
              .formatted(
                  source,
                  model.label(),
                  method.needs().mainTaskModel() ? "mainTaskOnly" : "joint",
                  method.id()));
    }
    return folder;
  }
}
