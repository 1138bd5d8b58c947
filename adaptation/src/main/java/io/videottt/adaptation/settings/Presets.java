package io.videottt.adaptation.settings;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.PackagedFile;
import io.videottt.io.config.SettingsReader;
import io.videottt.io.config.StrictYaml;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The presets of test-time training: the resource {@code presets.yaml}, which explains every
 * setting. Its first preset holds all settings; the others name one that they extend, and hold what
 * differs.
 */
public final class Presets {

  /** Key that names what a preset is laid over. */
  public static final String EXTENDS = "extends";

  private static final String RESOURCE = "presets.yaml";
  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  /** Read when the first preset is asked for. */
  private static final class Loaded {
    private static final String TEXT = PackagedFile.text(Presets.class, RESOURCE);
    private static final Map<String, AdaptationSettings> ALL = parse(TEXT);
  }

  private Presets() {}

  /** The commented file. */
  public static String text() {
    return Loaded.TEXT;
  }

  /** The names, sorted. */
  public static List<String> names() {
    return List.copyOf(Loaded.ALL.keySet());
  }

  /**
   * A preset by its name.
   *
   * @param name one of {@link #names()}
   * @param source file and key that the name comes from, for the message
   * @throws InvalidInputException when there is none of that name
   */
  public static AdaptationSettings get(String name, String source) {
    AdaptationSettings settings = Loaded.ALL.get(name);
    if (settings == null) {
      throw new InvalidInputException(
          "%s: unknown preset '%s'\nknown: %s".formatted(source, name, String.join(", ", names())));
    }
    return settings;
  }

  private static Map<String, AdaptationSettings> parse(String text) {
    Map<String, AdaptationSettings> presets = new TreeMap<>();
    StrictYaml.tree(text, RESOURCE)
        .properties()
        .forEach(
            preset -> {
              String source = RESOURCE + ": " + preset.getKey();
              ObjectNode keys = (ObjectNode) preset.getValue();
              JsonNode base = keys.remove(EXTENDS);
              presets.put(
                  preset.getKey(),
                  base == null
                      ? SettingsReader.read(keys, AdaptationSettings.class, source)
                      : presets
                          .get(base.asText())
                          .with(SettingsReader.MAPPER.convertValue(keys, VALUES), source));
            });
    return presets;
  }
}
