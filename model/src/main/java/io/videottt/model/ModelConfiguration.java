package io.videottt.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.BoundedJson;
import java.util.Set;

/** The sizes of a network, read from a model folder's {@code config.json}. */
public interface ModelConfiguration {

  /** Key of {@link #target()} in {@code config.json}, which lacks it for the pixels. */
  String TARGET_KEY = "reconstruction_target";

  /** The number of classes K, without "no object". */
  int classCount();

  /** What the network's output can be turned into. */
  Set<Task> tasks();

  /** Whether the network was trained on images without their colours, and must be shown such. */
  default boolean seesGray() {
    return tasks().stream().allMatch(Task::seesGray);
  }

  /** How inputs are padded. */
  InputPadding padding();

  /** Whether {@code config.json} says how inputs are padded; otherwise the architecture does. */
  boolean namesPadding();

  /** The same sizes with another padding, which {@code config.json} names then. */
  ModelConfiguration withPadding(InputPadding padding);

  /** What the reconstruction decoder of these weights gives back; the pixels unless it is named. */
  ReconstructionTarget target();

  /** The same sizes for a reconstruction decoder of another target. */
  ModelConfiguration withTarget(ReconstructionTarget target);

  /** The parameters of such a network, and its functions over them. */
  Architecture architecture();

  /** As {@code config.json} holds it. */
  String toJson();

  /**
   * Reads {@code config.json}.
   *
   * @param json its text
   * @param source where it comes from, for messages
   * @throws InvalidInputException when it is no JSON object, names no known architecture, or has
   *     impossible values
   */
  static ModelConfiguration parse(String json, String source) {
    JsonNode node = BoundedJson.object(json, source);
    return ArchitectureType.of(node.path("model_type").asText(""), source).parse(node, source);
  }
}
