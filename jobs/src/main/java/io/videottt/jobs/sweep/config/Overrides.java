package io.videottt.jobs.sweep.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.Overlay;
import io.videottt.io.config.StrictYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the command line lays over a sweep or grid file: folders of models, and settings. Settings
 * are laid over those that the file has for all methods; what a method has for itself, which makes
 * it the method or variant that it is, stays.
 *
 * @param models later ones over earlier ones
 * @param settings values by key; a key within another is written with a dot
 * @param threads computing threads per task in place of the file's
 * @param written the settings as they were given, by key, for people
 */
public record Overrides(
    List<ModelOverride> models,
    Map<String, Object> settings,
    Optional<Integer> threads,
    Map<String, String> written) {

  /** The file as it is. */
  public static final Overrides NONE =
      new Overrides(List.of(), Map.of(), Optional.empty(), Map.of());

  private static final String THREADS = "threads";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Reads what was given on the command line.
   *
   * @param models folders by key, see {@link ModelOverride}
   * @param settings values by key, as YAML
   * @throws InvalidInputException naming the option, when it cannot be read
   */
  public static Overrides parse(Map<String, String> models, Map<String, String> settings) {
    Map<String, Object> values = new LinkedHashMap<>(values(settings));
    Object threads = values.remove(THREADS);
    if (threads != null && !(threads instanceof Integer)) {
      throw new InvalidInputException(
          "--set threads=%s: expected a whole number between 1 and %d"
              .formatted(settings.get(THREADS), Integer.MAX_VALUE));
    }
    return new Overrides(
        models.entrySet().stream()
            .map(entry -> ModelOverride.parse(entry.getKey(), entry.getValue()))
            .toList(),
        values,
        Optional.ofNullable((Integer) threads),
        settings);
  }

  /**
   * The values of {@code --set}.
   *
   * @param settings as given, by key
   * @throws InvalidInputException when one is no value, or one is within another
   */
  public static Map<String, Object> values(Map<String, String> settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    settings.forEach((key, text) -> values.put(key, value(key, text)));
    for (String key : values.keySet()) {
      values.keySet().stream()
          .filter(other -> other.startsWith(key + "."))
          .findFirst()
          .ifPresent(
              other -> {
                throw new InvalidInputException(
                    "--set %s and --set %s: one is within the other; give only one of them"
                        .formatted(key, other));
              });
    }
    return values;
  }

  private static Object value(String key, String text) {
    String option = "--set " + key;
    ObjectNode read = StrictYaml.tree("value: " + text, option);
    if (key.isBlank() || read.size() != 1 || read.get("value").isNull()) {
      throw new InvalidInputException(
          "%s=%s: expected KEY=VALUE, for example batchSize=8".formatted(option, text));
    }
    return MAPPER.convertValue(read.get("value"), Object.class);
  }

  /**
   * The sweeps of a file with all this laid over them.
   *
   * @throws InvalidInputException when a model set that is named is in none of them
   */
  public List<SweepSource> over(List<SweepSource> parts) {
    for (ModelOverride model : models) {
      if (parts.stream().noneMatch(part -> !meant(model, part).isEmpty())) {
        throw new InvalidInputException(
            "--model %s: no such model set\nthere are %s"
                .formatted(
                    model.key(),
                    parts.stream()
                        .flatMap(part -> names(part.configuration(), any -> true).stream())
                        .distinct()
                        .collect(Collectors.joining(", "))));
      }
    }
    return parts.stream().map(this::over).toList();
  }

  private SweepSource over(SweepSource part) {
    SweepConfiguration sweep = part.configuration();
    List<SweepConfiguration.ModelChoice> changed = new ArrayList<>(sweep.models());
    for (ModelOverride model : models) {
      changed.replaceAll(choice -> model.means(choice, sweep) ? model.in(choice) : choice);
    }
    SweepConfiguration over =
        new SweepConfiguration(
            sweep.datasets(),
            sweep.tasks(),
            changed,
            sweep.methods(),
            sweep.givenPreset(),
            Overlay.of(sweep.settings(), new Candidate(settings).nested()),
            sweep.seeds(),
            threads.orElse(sweep.threads()),
            sweep.trainingImages(),
            sweep.provenance());
    return new SweepSource(over, settings.isEmpty() ? part.source() : part.source() + given());
  }

  private String given() {
    return settings.keySet().stream()
        .map(key -> "%s=%s".formatted(key, written.get(key)))
        .collect(Collectors.joining(", ", " with --set ", ""));
  }

  /** The first of some keys that is set here, be it as a whole or in part. */
  public Optional<String> setOf(Iterable<String> keys) {
    for (String key : keys) {
      for (String own : settings.keySet()) {
        if (own.equals(key) || own.startsWith(key + ".") || key.startsWith(own + ".")) {
          return Optional.of(own);
        }
      }
    }
    return Optional.empty();
  }

  /** What differs from the file, a line for each. */
  public List<String> lines(List<SweepSource> parts) {
    List<String> lines = new ArrayList<>();
    for (ModelOverride model : models) {
      lines.add(
          "--model %s: %s for %s"
              .formatted(
                  model.key(),
                  model.folder(),
                  parts.stream()
                      .flatMap(part -> meant(model, part).stream())
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    threads.ifPresent(number -> lines.add("--set threads: %d".formatted(number)));
    settings.keySet().forEach(key -> lines.add(line(key, written.get(key), parts)));
    return lines;
  }

  private static String line(String key, String value, List<SweepSource> parts) {
    String first = key.split("\\.", 2)[0];
    String own =
        parts.stream()
            .flatMap(part -> part.configuration().methods().stream())
            .filter(choice -> choice.settings().containsKey(first))
            .map(choice -> (choice.method() + " " + choice.variant()).trim())
            .distinct()
            .collect(Collectors.joining(", "));
    return "--set %s: %s%s".formatted(key, value, own.isEmpty() ? "" : ", but not for " + own);
  }

  private static List<String> meant(ModelOverride override, SweepSource part) {
    SweepConfiguration sweep = part.configuration();
    return names(sweep, model -> override.means(model, sweep));
  }

  private static List<String> names(
      SweepConfiguration sweep, Predicate<SweepConfiguration.ModelChoice> which) {
    return sweep.models().stream()
        .filter(which)
        .map(
            model ->
                "%s (%s)"
                    .formatted(
                        model.label(),
                        sweep.tasksOf(model).stream()
                            .map(Task::id)
                            .collect(Collectors.joining(", "))))
        .toList();
  }
}
