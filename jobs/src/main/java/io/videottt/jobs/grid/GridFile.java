package io.videottt.jobs.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.Overlay;
import io.videottt.io.config.StrictYaml;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.ChosenMethod;
import io.videottt.jobs.sweep.config.LayeredFile;
import io.videottt.jobs.sweep.config.Overrides;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import io.videottt.jobs.sweep.config.SweepSource;
import io.videottt.reports.Protocol;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A grid file: a sweep of methods, and the settings to try with each of them.
 *
 * @param base the sweep's data, models and methods, without the settings to try
 * @param settings what to try with every method
 * @param halving how settings are dropped early, null for not at all
 * @param task what settings are chosen by
 * @param protocol whose value of the task's metric settings are chosen by
 * @param source the files that it comes from, for messages
 */
public record GridFile(
    SweepConfiguration base,
    List<Candidate> settings,
    GridHalving halving,
    Task task,
    Protocol protocol,
    String source) {

  /** The keys of a grid file that a sweep file does not have. */
  record Own(GridSearch search, GridHalving halving, String chooseBy, String protocol) {

    static final Set<String> KEYS =
        Arrays.stream(Own.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** A grid file as it is. */
  public static GridFile read(Path file) {
    return read(file, Overrides.NONE);
  }

  /**
   * Reads a grid file and those that it extends.
   *
   * @param overrides what is laid over it
   * @throws InvalidInputException naming file and key, when it asks for nothing that can be run
   */
  public static GridFile read(Path file, Overrides overrides) {
    Set<String> known = new HashSet<>(SweepSource.KEYS);
    known.addAll(Own.KEYS);
    List<LayeredFile.Layer> layers = LayeredFile.read(file, known);
    if (layers.size() != 1) {
      throw new InvalidInputException(
          "%s: a grid is one sweep, not several; give it extends instead of sweeps"
              .formatted(file));
    }
    LayeredFile.Layer layer = layers.get(0);
    ObjectNode own = layer.keys().deepCopy().retain(Own.KEYS);
    ObjectNode sweep = layer.keys().deepCopy().without(Own.KEYS);
    Own grid = StrictYaml.convert(own, layer.source(), Own.class);
    SweepSource part =
        overrides
            .over(List.of(SweepSource.of(new LayeredFile.Layer(sweep, layer.source()))))
            .get(0);
    SweepConfiguration base = part.configuration();
    if (grid.search() == null) {
      throw new InvalidInputException(
          "%s: search is missing; give it cross, list or sample".formatted(part.source()));
    }
    try {
      List<Candidate> settings = grid.search().settings();
      requireFree(settings, overrides);
      GridFile read =
          new GridFile(
              base,
              settings,
              grid.halving(),
              task(grid, base),
              grid.protocol() == null
                  ? Protocol.FRAME_MEAN
                  : Protocol.parse(grid.protocol(), "protocol"),
              part.source());
      read.check();
      return read;
    } catch (InvalidInputException e) {
      String message = e.getMessage();
      throw message.startsWith(part.source())
          ? e
          : new InvalidInputException(part.source() + ": " + message, e);
    }
  }

  private static void requireFree(List<Candidate> settings, Overrides overrides) {
    for (Candidate setting : settings) {
      overrides
          .setOf(setting.values().keySet())
          .ifPresent(
              key -> {
                throw new InvalidInputException(
                    "search: tries values of '%s', so that --set %s would change nothing; leave it out"
                        .formatted(key, key));
              });
    }
  }

  private static Task task(Own own, SweepConfiguration base) {
    if (own.chooseBy() == null && base.tasks().size() > 1) {
      throw new InvalidInputException(
          "there are several tasks; say by which one settings are chosen with chooseBy");
    }
    Task task =
        own.chooseBy() == null ? base.tasks().get(0) : Task.parse(own.chooseBy(), "chooseBy");
    if (!base.tasks().contains(task)) {
      throw new InvalidInputException(
          "chooseBy: %s is none of the tasks".formatted(own.chooseBy()));
    }
    return task;
  }

  private void check() {
    if (base.datasets().size() != 1 || base.datasets().get(0).splits().size() != 1) {
      throw new InvalidInputException(
          "datasets: settings are chosen on one split of one data set; name only one");
    }
    if (base.models().stream().map(SweepConfiguration.ModelChoice::label).distinct().count() > 1) {
      throw new InvalidInputException(
          "models: settings are chosen for one model; give only one label");
    }
    for (SweepConfiguration.MethodChoice choice : base.methods()) {
      check(choice);
    }
  }

  private void check(SweepConfiguration.MethodChoice choice) {
    Method method = Methods.parse(choice.method(), source);
    if (!method.adapts()) {
      throw new InvalidInputException(
          "methods: %s adapts nothing, so there is nothing to choose; leave it out%s"
              .formatted(
                  method.id(),
                  method == Methods.MAE_JOINT_TRAINING ? ", the grid runs it anyway" : ""));
    }
    if (!choice.variant().isEmpty()) {
      throw new InvalidInputException(
          "methods: %s: the grid names the variants; leave variant out".formatted(method.id()));
    }
    if (!method.supports(task)) {
      throw new InvalidInputException(
          "methods: %s does not do %s; leave it out".formatted(method.id(), task.title()));
    }
    Map<List<String>, Candidate> known = new HashMap<>();
    for (Candidate setting : settings) {
      AdaptationSettings tried = tried(choice, setting).settings();
      tried
          .limitation(task)
          .ifPresent(
              reason -> {
                throw new InvalidInputException(
                    "search: '%s' is not for %s: %s\nleave it out, or choose by another task"
                        .formatted(setting.label(), task.title(), reason));
              });
      List<String> results = base.tasks().stream().map(of -> method.canonical(tried, of)).toList();
      Candidate same = known.putIfAbsent(results, setting);
      if (same != null) {
        throw new InvalidInputException(
            "search: '%s' and '%s' give the same for %s, which does not use what differs; search it"
                    .formatted(same.label(), setting.label(), method.id())
                + " in a grid of its own");
      }
    }
  }

  /** Whether a method is defined for a task with a setting. */
  boolean supports(SweepConfiguration.MethodChoice choice, Candidate setting, Task of) {
    return tried(choice, setting).limitation(of).isEmpty();
  }

  private ChosenMethod tried(SweepConfiguration.MethodChoice choice, Candidate setting) {
    ChosenMethod chosen = ChosenMethod.of(choice, base, source);
    return new ChosenMethod(
        chosen.method(),
        setting.label(),
        chosen.settings().with(setting.nested(), source + ": search"));
  }

  /**
   * The sweep of some settings: the fixed model and every method with every setting of its own.
   *
   * @param tried settings by method id
   */
  SweepSource sweep(Map<String, List<Candidate>> tried) {
    List<SweepConfiguration.MethodChoice> choices = new ArrayList<>();
    choices.add(
        new SweepConfiguration.MethodChoice(Methods.MAE_JOINT_TRAINING.id(), null, Map.of(), ""));
    for (SweepConfiguration.MethodChoice method : base.methods()) {
      for (Candidate setting : tried.getOrDefault(method.method(), List.of())) {
        choices.add(
            new SweepConfiguration.MethodChoice(
                method.method(),
                method.preset(),
                Overlay.of(method.settings(), setting.nested()),
                setting.label()));
      }
    }
    return new SweepSource(
        new SweepConfiguration(
            base.datasets(),
            base.tasks(),
            base.models(),
            choices,
            base.givenPreset(),
            base.settings(),
            base.seeds(),
            base.threads(),
            base.trainingImages(),
            null),
        source);
  }

  /** All settings with every method. */
  public Map<String, List<Candidate>> all() {
    Map<String, List<Candidate>> all = new LinkedHashMap<>();
    base.methods().forEach(method -> all.put(method.method(), settings));
    return all;
  }
}
