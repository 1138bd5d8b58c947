package io.videottt.jobs.sweep.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a sweep file asks for: the product of videos, models, methods and seeds.
 *
 * @param datasets data sets and splits
 * @param tasks what is predicted; semantic when left out
 * @param models the model sets, each with a label of its own, or with tasks or a training seed of
 *     its own
 * @param methods the methods with their settings
 * @param preset settings that methods without a preset of their own start from: the name of a
 *     preset ({@code ./ttt presets}; released when left out) or a file that extends one
 * @param settings what differs from the preset for every method; a method's own settings come last
 * @param seeds seeds of the random draws; 0 when left out
 * @param threads computing threads per task; 1 when left out. Recorded with the results, since sums
 *     may differ in their last bits between thread counts
 * @param trainingImages where the controls take training images from; needed by them only
 * @param provenance where settings come from that a grid has chosen; says something to people only
 */
public record SweepConfiguration(
    List<DataSetChoice> datasets,
    @JsonDeserialize(contentConverter = TaskName.class) List<Task> tasks,
    List<ModelChoice> models,
    List<MethodChoice> methods,
    String preset,
    Map<String, Object> settings,
    List<Long> seeds,
    Integer threads,
    TrainingImages trainingImages,
    Map<String, Object> provenance) {

  private static final String DEFAULT_PRESET = "released";

  /** Fills the defaults and checks the values. */
  public SweepConfiguration {
    datasets = present("datasets", datasets);
    tasks = tasks == null ? List.of(Task.SEMANTIC) : distinctTasks("tasks", tasks);
    models = present("models", models);
    distinct("models: label, task and trainingSeed", labelsAndTasks(models, tasks));
    methods = present("methods", methods);
    settings = settingsOf("settings", settings);
    seeds = seeds == null || seeds.isEmpty() ? List.of(0L) : List.copyOf(seeds);
    distinct("seeds", seeds);
    threads = threads == null ? 1 : threads;
    if (threads < 1 || threads > 1024) {
      throw new InvalidInputException("threads is %d, expected 1 to 1024".formatted(threads));
    }
    distinct(
        "methods: method and variant",
        methods.stream().map(m -> m.method() + " " + m.variant()).toList());
  }

  /** The preset that methods without one of their own start from. */
  @Override
  public String preset() {
    return preset == null ? DEFAULT_PRESET : preset;
  }

  /** As the file has it, null where it names none. */
  public String givenPreset() {
    return preset;
  }

  /**
   * A data set and what of it to evaluate.
   *
   * @param name in the catalogue
   * @param splits at least one
   * @param videos ids to keep; all when left out
   * @param root folder that replaces the catalogue's; any Hadoop path
   */
  public record DataSetChoice(String name, List<String> splits, List<String> videos, String root) {
    public DataSetChoice {
      if (name == null || name.isBlank()) {
        throw new InvalidInputException("datasets: name is missing");
      }
      splits = present("datasets: splits", splits);
      videos = videos == null ? List.of() : List.copyOf(videos);
    }
  }

  /**
   * A set of weights.
   *
   * @param label name in tables and results: small letters, digits and hyphens
   * @param joint model folder after joint training; may be left out when only main-task-only runs
   * @param mainTaskOnly model folder before joint training; needed by main-task-only only
   * @param tasks which of the sweep's tasks it predicts; all when left out, then empty
   * @param trainingSeed seed that it was trained with: models of one label and different seeds are
   *     repetitions of the training, whose results are averaged; null when left out
   */
  public record ModelChoice(
      String label,
      String joint,
      String mainTaskOnly,
      @JsonDeserialize(contentConverter = TaskName.class) List<Task> tasks,
      Long trainingSeed) {
    public ModelChoice {
      tasks = tasks == null ? List.of() : distinctTasks("models: tasks", tasks);
      if (label == null || !label.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
        throw new InvalidInputException(
            "models: label is '%s', expected small letters, digits and hyphens".formatted(label));
      }
      if (joint == null && mainTaskOnly == null) {
        throw new InvalidInputException(
            "models: %s names neither a joint nor a mainTaskOnly folder".formatted(label));
      }
    }
  }

  /**
   * A method and its settings.
   *
   * @param method id, for example online-ttt-mae
   * @param preset settings to start from instead of the sweep's preset, null for that
   * @param settings what differs from the preset and the sweep's settings
   * @param variant name in tables when a method runs with several settings; empty otherwise
   */
  public record MethodChoice(
      String method, String preset, Map<String, Object> settings, String variant) {
    public MethodChoice {
      if (method == null) {
        throw new InvalidInputException("methods: method is missing");
      }
      settings = settingsOf("methods: %s: settings".formatted(method), settings);
      variant = variant == null ? "" : variant;
    }
  }

  /**
   * Where training images come from.
   *
   * @param dataset name in the catalogue
   * @param split for example train
   * @param root folder that replaces the catalogue's
   */
  public record TrainingImages(String dataset, String split, String root) {
    public TrainingImages {
      if (dataset == null || split == null) {
        throw new InvalidInputException("trainingImages: needs dataset and split");
      }
    }

    /** Data set and split as units name them. */
    public String id() {
      return dataset + "/" + split;
    }
  }

  /** What a model of this sweep predicts, in the order of {@link Task}. */
  public Set<Task> tasksOf(ModelChoice model) {
    return tasksOf(model, tasks);
  }

  private static Set<Task> tasksOf(ModelChoice model, List<Task> tasks) {
    return EnumSet.copyOf(model.tasks().isEmpty() ? tasks : model.tasks());
  }

  /**
   * Models of one label fill one table, so that each of them must have tasks of its own or be a
   * repetition of the training.
   */
  private static List<String> labelsAndTasks(List<ModelChoice> models, List<Task> tasks) {
    List<String> all = new ArrayList<>();
    for (ModelChoice model : models) {
      if (!tasks.containsAll(model.tasks())) {
        throw new InvalidInputException(
            "models: %s: its tasks are %s, but the sweep's are only %s"
                .formatted(model.label(), names(model.tasks()), names(tasks)));
      }
      // Reports count a model whose training seed is not told as of seed 0.
      boolean first = model.trainingSeed() == null || model.trainingSeed() == 0;
      String seed = first ? "" : " " + model.trainingSeed();
      tasksOf(model, tasks).forEach(task -> all.add(model.label() + " " + task.id() + seed));
    }
    return all;
  }

  private static String names(Collection<Task> tasks) {
    return tasks.stream().map(Task::id).collect(Collectors.joining(", "));
  }

  /** A task's name in a file. */
  private static final class TaskName extends StdConverter<String, Task> {

    @Override
    public Task convert(String name) {
      return Task.parse(name, "tasks");
    }
  }

  private static List<Task> distinctTasks(String key, List<Task> tasks) {
    List<Task> given = present(key, tasks);
    distinct(key, given.stream().map(Task::id).toList());
    return given;
  }

  private static Map<String, Object> settingsOf(String key, Map<String, Object> settings) {
    if (settings == null) {
      return Map.of();
    }
    settings.forEach(
        (name, value) -> {
          if (value == null) {
            throw new InvalidInputException(
                "%s: %s has no value; give it one or leave it out".formatted(key, name));
          }
        });
    return Map.copyOf(settings);
  }

  private static <T> List<T> present(String key, List<T> values) {
    if (values == null || values.isEmpty()) {
      throw new InvalidInputException("%s is missing or empty".formatted(key));
    }
    return List.copyOf(values);
  }

  private static void distinct(String key, List<?> values) {
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      if (!seen.add(value)) {
        throw new InvalidInputException("%s: '%s' stands twice".formatted(key, value));
      }
    }
  }
}
