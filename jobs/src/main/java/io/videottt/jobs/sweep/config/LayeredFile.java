package io.videottt.jobs.sweep.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.io.config.KnownKeys;
import io.videottt.io.config.Overlay;
import io.videottt.io.config.StrictYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a sweep or grid file together with the files that it is made of.
 *
 * <ul>
 *   <li>{@code extends: FILE} or {@code [FILE, ...]}: the keys of those files, later ones over
 *       earlier ones, and the keys of this file over all of them. Maps are merged key by key,
 *       everything else is replaced, and a key without a value goes back to its default.
 *   <li>{@code sweeps: [FILE or keys, ...]}: several sweeps in one. Further keys of this file are
 *       laid over each of them.
 * </ul>
 *
 * <p>Files are named relative to the file that names them, and so are the paths in each of them.
 */
public final class LayeredFile {

  private static final String EXTENDS = "extends";
  private static final String SWEEPS = "sweeps";
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 256;

  /**
   * Keys and values of one sweep.
   *
   * @param keys merged, with paths that are usable from any folder
   * @param source the files that they come from, for messages
   */
  public record Layer(ObjectNode keys, String source) {}

  private final Set<String> known;
  private int files;

  private LayeredFile(Set<String> known) {
    this.known = known;
  }

  /**
   * The sweeps of a file, one unless it says {@code sweeps}.
   *
   * @param file the file to begin with
   * @param known keys that may stand in it
   * @throws InvalidInputException when a file cannot be used, or they lead in a circle
   */
  public static List<Layer> read(Path file, Set<String> known) {
    return new LayeredFile(known).layers(new ConfigurationFile(file), List.of());
  }

  private List<Layer> layers(ConfigurationFile file, List<Path> above) {
    Path path = file.file().toAbsolutePath().normalize();
    if (above.contains(path)) {
      String circle =
          Stream.concat(above.stream().skip(above.indexOf(path)), Stream.of(path))
              .map(each -> each.getFileName().toString())
              .collect(Collectors.joining(" -> "));
      throw new InvalidInputException(
          "%s: the files lead in a circle: %s".formatted(file.file(), circle));
    }
    if (above.size() >= DEEPEST) {
      throw new InvalidInputException(
          "%s: files name each other more than %d deep".formatted(file.file(), DEEPEST));
    }
    if (++files > MOST_FILES) {
      throw new InvalidInputException(
          "%s: more than %d files are read for one sweep".formatted(file.file(), MOST_FILES));
    }
    return layers(file.tree(), file, Stream.concat(above.stream(), Stream.of(path)).toList());
  }

  private List<Layer> layers(ObjectNode tree, ConfigurationFile file, List<Path> chain) {
    requireKnown(tree, file);
    JsonNode bases = tree.remove(EXTENDS);
    JsonNode sweeps = tree.remove(SWEEPS);
    if (bases != null && sweeps != null) {
      throw new InvalidInputException(
          "%s: %s and %s stand side by side; give only one of them"
              .formatted(file.file(), EXTENDS, SWEEPS));
    }
    resolvePaths(tree, file);
    if (sweeps != null) {
      List<Layer> all = new ArrayList<>();
      for (JsonNode member : elements(SWEEPS, sweeps, file)) {
        all.addAll(
            member instanceof ObjectNode keys
                ? layers(keys, file, chain)
                : layers(file.other(name(SWEEPS, member, file)), chain));
      }
      return all.stream().map(layer -> over(layer, tree, layer.source())).toList();
    }
    if (bases == null) {
      return List.of(new Layer(tree, file.file().toString()));
    }
    List<JsonNode> names =
        bases.isValueNode() && !bases.isNull() ? List.of(bases) : elements(EXTENDS, bases, file);
    List<Layer> merged = List.of();
    for (JsonNode node : names) {
      String name = name(EXTENDS, node, file);
      List<Layer> base = layers(file.other(name), chain);
      if (merged.isEmpty()) {
        merged = base;
      } else if (merged.size() == 1 && base.size() == 1) {
        merged = List.of(over(merged.get(0), base.get(0).keys(), ""));
      } else {
        throw new InvalidInputException(
            "%s: extends %s and others, but of several files each must be one sweep"
                .formatted(file.file(), name));
      }
    }
    String source =
        names.stream()
            .map(base -> name(EXTENDS, base, file))
            .collect(Collectors.joining(", ", file.file() + " (extends ", ")"));
    return merged.stream().map(layer -> over(layer, tree, source)).toList();
  }

  private void requireKnown(ObjectNode tree, ConfigurationFile file) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(List.of(EXTENDS, SWEEPS));
    KnownKeys.require(tree, all, file.file().toString(), "");
  }

  private static List<JsonNode> elements(String key, JsonNode list, ConfigurationFile file) {
    List<JsonNode> elements = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(elements::add);
    }
    if (elements.isEmpty()) {
      throw new InvalidInputException(
          "%s: %s is no list of files or is empty".formatted(file.file(), key));
    }
    return elements;
  }

  private static String name(String key, JsonNode node, ConfigurationFile file) {
    return StrictYaml.text(node)
        .filter(name -> !name.isBlank())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: %s: '%s' is no name of a file"
                        .formatted(file.file(), key, Printable.line(node.toString()))));
  }

  private static Layer over(Layer base, ObjectNode keys, String source) {
    return new Layer(Overlay.clearing(base.keys(), keys), source);
  }

  /** Paths are relative to the file that states them, not to the one that extends it. */
  private static void resolvePaths(ObjectNode tree, ConfigurationFile file) {
    for (JsonNode dataset : tree.path("datasets")) {
      resolve(dataset, "root", file);
    }
    for (JsonNode model : tree.path("models")) {
      resolve(model, "joint", file);
      resolve(model, "mainTaskOnly", file);
    }
    resolve(tree.path("trainingImages"), "root", file);
    resolvePreset(tree, file);
    for (JsonNode method : tree.path("methods")) {
      resolvePreset(method, file);
    }
  }

  private static void resolvePreset(JsonNode parent, ConfigurationFile file) {
    if (PresetFile.isFile(parent.path("preset").asText(""))) {
      resolve(parent, "preset", file);
    }
  }

  private static void resolve(JsonNode parent, String key, ConfigurationFile file) {
    if (parent instanceof ObjectNode keys) {
      StrictYaml.text(keys.get(key)).ifPresent(path -> keys.put(key, file.resolve(path)));
    }
  }
}
