package io.videottt.jobs.train;

import io.videottt.base.InvalidInputException;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.Overrides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line lays over a training file: the model to start from, and settings.
 *
 * @param startFrom model folder in place of the file's architecture or startFrom
 * @param settings values by key as settings have them, keys within others as maps in maps
 * @param lines what differs from the file, for people
 */
public record TrainingOverrides(
    Optional<String> startFrom, Map<String, Object> settings, List<String> lines) {

  /** What a folder may be called; the first phase of a training starts from any of them. */
  private static final List<String> NAMES = List.of("joint=", "mainTaskOnly=", "startFrom=");

  /**
   * Reads what was given on the command line.
   *
   * @param model a folder, or {@code joint=DIR} as sweeps are given it
   * @param settings values by key, as YAML; a key within another is written with a dot
   * @throws InvalidInputException naming the option, when it cannot be read
   */
  public static TrainingOverrides parse(Optional<String> model, Map<String, String> settings) {
    Candidate given = new Candidate(Overrides.values(settings));
    List<String> lines = new ArrayList<>();
    Optional<String> folder = model.map(TrainingOverrides::folder);
    folder.ifPresent(place -> lines.add("--model: training starts from " + place));
    settings.forEach((key, value) -> lines.add("--set %s: %s".formatted(key, value)));
    return new TrainingOverrides(folder, given.nested(), lines);
  }

  private static String folder(String given) {
    Optional<String> name = NAMES.stream().filter(given::startsWith).findFirst();
    String folder = name.map(known -> given.substring(known.length())).orElse(given);
    if (folder.isBlank() || name.isEmpty() && isNamed(given)) {
      throw new InvalidInputException(
          "--model %s: expected a model folder, as DIR or joint=DIR".formatted(given));
    }
    // The command line's paths are relative to where the command is run.
    return new ConfigurationFile(Path.of("--model")).resolve(folder);
  }

  /** {@code NAME=DIR}; folders further down in a path may have an equals sign in their names. */
  private static boolean isNamed(String given) {
    int equals = given.indexOf('=');
    return equals >= 0 && !given.substring(0, equals).contains("/");
  }

  /** A training file with the folder to start from in place of its own start. */
  public TrainingConfiguration over(TrainingConfiguration file) {
    return startFrom
        .map(
            folder ->
                new TrainingConfiguration(
                    file.training(), file.validation(), null, folder, file.settings()))
        .orElse(file);
  }
}
