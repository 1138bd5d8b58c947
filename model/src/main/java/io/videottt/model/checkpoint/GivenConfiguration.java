package io.videottt.model.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A description of a checkpoint's network, to be held against its tensors.
 *
 * @param source file, for messages
 * @param json keys and values of config.json, as far as they are known
 * @param names what the file calls a key, where it is not config.json; the key is the object in
 *     config.json, a dot, and the key, or the key alone
 */
public record GivenConfiguration(String source, ObjectNode json, Map<String, String> names) {

  /** Copies the names. */
  public GivenConfiguration {
    names = Map.copyOf(names);
  }

  String nameOf(String key) {
    return names.getOrDefault(key, key);
  }
}
