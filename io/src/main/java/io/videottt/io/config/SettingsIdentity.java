package io.videottt.io.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** What tells settings apart that results are stored under. */
public final class SettingsIdentity {

  private SettingsIdentity() {}

  /**
   * The settings by key, nested ones with a dot, each value as JSON; without those that were {@link
   * AddedLater} and are neutral.
   *
   * @return a new map, sorted by key
   */
  public static Map<String, String> of(Record settings) {
    ObjectNode tree = SettingsReader.MAPPER.valueToTree(settings);
    removeNeutral(tree, settings.getClass());
    Map<String, String> flat = new TreeMap<>();
    flatten(tree, "", flat);
    return flat;
  }

  private static void removeNeutral(ObjectNode tree, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = component.getName();
      AddedLater added = component.getAnnotation(AddedLater.class);
      if (added != null
          && isNeutral(tree.get(key), YamlTree.read(added.neutral(), type + "." + key, false))) {
        tree.remove(key);
      } else if (tree.get(key) instanceof ObjectNode nested && component.getType().isRecord()) {
        removeNeutral(nested, component.getType());
      }
    }
  }

  private static boolean isNeutral(JsonNode value, JsonNode neutral) {
    if (neutral.isObject()) {
      return neutral.properties().stream()
          .allMatch(
              key -> value.has(key.getKey()) && isNeutral(value.get(key.getKey()), key.getValue()));
    }
    return neutral.isNumber()
        ? value.isNumber() && value.decimalValue().compareTo(neutral.decimalValue()) == 0
        : value.equals(neutral) || neutral.equals(value);
  }

  private static void flatten(JsonNode node, String prefix, Map<String, String> flat) {
    node.properties()
        .forEach(
            field -> {
              String key = prefix + field.getKey();
              if (field.getValue().isObject()) {
                flatten(field.getValue(), key + ".", flat);
              } else {
                flat.put(key, field.getValue().toString());
              }
            });
  }
}
