package io.videottt.io.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Keys and values laid over others: keys that both have are merged where both are keys and values
 * themselves, in any depth; everything else of what lies above, lists as a whole, replaces what is
 * below. Neither of them is changed.
 */
public final class Overlay {

  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  private Overlay() {}

  /** A key without a value above is one without a value. */
  public static ObjectNode of(ObjectNode below, ObjectNode above) {
    return merge(below, above, false);
  }

  /** A key without a value above is taken out: it goes back to its default. */
  public static ObjectNode clearing(ObjectNode below, ObjectNode above) {
    return merge(below, above, true);
  }

  /** As {@link #of(ObjectNode, ObjectNode)}, of values as YAML gives them. */
  public static Map<String, Object> of(Map<String, Object> below, Map<String, Object> above) {
    ObjectNode merged =
        of(
            SettingsReader.MAPPER.<ObjectNode>valueToTree(below),
            SettingsReader.MAPPER.<ObjectNode>valueToTree(above));
    return SettingsReader.MAPPER.convertValue(merged, VALUES);
  }

  private static ObjectNode merge(ObjectNode below, ObjectNode above, boolean clearing) {
    ObjectNode merged = below.deepCopy();
    for (Map.Entry<String, JsonNode> field : above.properties()) {
      String key = field.getKey();
      if (clearing && field.getValue().isNull()) {
        merged.remove(key);
      } else if (merged.get(key) instanceof ObjectNode older
          && field.getValue() instanceof ObjectNode newer) {
        merged.set(key, merge(older, newer, clearing));
      } else {
        merged.set(key, field.getValue());
      }
    }
    return merged;
  }
}
