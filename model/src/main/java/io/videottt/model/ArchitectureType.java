package io.videottt.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import java.util.Map;

/**
 * A kind of network that model folders may hold, found by the {@code model_type} of their {@code
 * config.json}. Kinds are services: a jar that names one in {@code
 * META-INF/services/io.videottt.model.ArchitectureType} adds it.
 */
public interface ArchitectureType {

  /** The {@code model_type} of its configurations. */
  String modelType();

  /**
   * Reads a configuration.
   *
   * @param json the whole of {@code config.json}
   * @param source where it comes from, for messages
   * @throws InvalidInputException when it has impossible values
   */
  ModelConfiguration parse(JsonNode json, String source);

  /**
   * The kind of a {@code model_type}.
   *
   * @param source where it comes from, for messages
   * @throws InvalidInputException when there is no such kind
   */
  static ArchitectureType of(String modelType, String source) {
    Map<String, ArchitectureType> known = Architectures.KNOWN.byName();
    ArchitectureType type = known.get(modelType);
    if (type == null) {
      throw new InvalidInputException(
          "%s: model_type is '%s'; it must be %s"
              .formatted(source, Printable.line(modelType), String.join(" or ", known.keySet())));
    }
    return type;
  }
}
