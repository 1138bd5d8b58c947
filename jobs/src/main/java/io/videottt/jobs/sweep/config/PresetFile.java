package io.videottt.jobs.sweep.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.Presets;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.ConfigurationFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The settings that {@code preset} names: a shipped preset, or a local YAML file of the user's own,
 * which says with {@code extends} what it is laid over, a shipped preset or another such file.
 */
public final class PresetFile {

  private static final int DEEPEST = 8;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  private PresetFile() {}

  /** Whether a preset is named by a file. */
  static boolean isFile(String preset) {
    String name = preset.toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /**
   * The settings.
   *
   * @param preset a shipped preset's name, or a file
   * @param source file and key that the name comes from, for messages
   * @throws InvalidInputException naming the file and the key, when it cannot be used
   */
  public static AdaptationSettings settings(String preset, String source) {
    return isFile(preset)
        ? settings(new ConfigurationFile(Path.of(preset)), 1)
        : AdaptationSettings.preset(preset, source);
  }

  private static AdaptationSettings settings(ConfigurationFile file, int depth) {
    if (depth > DEEPEST) {
      throw new InvalidInputException(
          "%s: presets extend each other more than %d deep, or in a circle"
              .formatted(file.file(), DEEPEST));
    }
    ObjectNode keys = file.tree();
    JsonNode base = keys.remove(Presets.EXTENDS);
    if (base == null || !base.isTextual()) {
      throw new InvalidInputException(
          "%s: %s is missing: name the preset that the keys are laid over\nknown: %s, or a file"
              .formatted(file.file(), Presets.EXTENDS, String.join(", ", Presets.names())));
    }
    String name = base.asText();
    AdaptationSettings settings =
        isFile(name)
            ? settings(file.other(name), depth + 1)
            : AdaptationSettings.preset(name, file.file() + ": " + Presets.EXTENDS);
    return settings.with(MAPPER.convertValue(keys, VALUES), file.file().toString());
  }
}
