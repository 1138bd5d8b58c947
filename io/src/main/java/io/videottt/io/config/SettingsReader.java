package io.videottt.io.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays what a user wrote over defaults, refusing keys that the defaults do not have. */
public final class SettingsReader {

  /** A training's identity names its videos in one text, of COCO a hundred thousand. */
  private static final int LONGEST_TEXT = 1 << 26;

  public static final JsonMapper MAPPER =
      BoundedJson.mapper(LONGEST_TEXT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private SettingsReader() {}

  /**
   * @param defaults a record of settings
   * @param overrides keys and values as read from YAML or JSON; nested maps for nested records
   * @param source the file, and the key that the overrides stand below, for messages
   */
  public static <T extends Record> T merge(T defaults, Map<String, ?> overrides, String source) {
    ObjectNode below = MAPPER.valueToTree(defaults);
    ObjectNode above = MAPPER.valueToTree(overrides);
    requireKnown(below, above, source, "");
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) defaults.getClass();
    return convert(MAPPER, Overlay.of(below, above), type, source);
  }

  /**
   * Settings that are given whole.
   *
   * @param all a value for every key
   * @throws InvalidInputException when a key is unknown, or a value impossible or missing
   */
  public static <T extends Record> T read(ObjectNode all, Class<T> type, String source) {
    return read(MAPPER, all, type, source, Set.of());
  }

  /**
   * As above, with keys as a mapper names them.
   *
   * @param optional keys that may be left out
   */
  public static <T extends Record> T read(
      JsonMapper mapper, JsonNode all, Class<T> type, String source, Set<String> optional) {
    requireWhole(mapper, all, type, source, "", optional);
    StrictYaml.requireNoGaps(all, source, "");
    return convert(mapper, all, type, source);
  }

  private static void requireWhole(
      JsonMapper mapper,
      JsonNode node,
      Class<?> type,
      String source,
      String prefix,
      Set<String> optional) {
    Map<String, Class<?>> known = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      known.put(name(mapper, component), component.getType());
    }
    KnownKeys.require(node, known.keySet(), source, prefix);
    known.forEach(
        (key, kind) -> {
          if (!node.hasNonNull(key) && !optional.contains(prefix + key)) {
            throw new InvalidInputException(
                "%s: key '%s' is missing".formatted(source, prefix + key));
          }
          if (kind.isRecord() && node.get(key).isObject()) {
            requireWhole(mapper, node.get(key), kind, source, prefix + key + ".", optional);
          }
        });
  }

  private static String name(JsonMapper mapper, RecordComponent component) {
    PropertyNamingStrategy naming = mapper.getPropertyNamingStrategy();
    return naming instanceof PropertyNamingStrategies.NamingBase words
        ? words.translate(component.getName())
        : component.getName();
  }

  private static <T extends Record> T convert(
      JsonMapper mapper, JsonNode tree, Class<T> type, String source) {
    try {
      return mapper.treeToValue(tree, type);
    } catch (JsonMappingException wrong) {
      throw new InvalidInputException(source + ": " + reason(wrong), wrong);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree needs no parsing", impossible);
    }
  }

  private static void requireKnown(
      JsonNode known, JsonNode overrides, String source, String prefix) {
    List<String> names = new ArrayList<>();
    known.fieldNames().forEachRemaining(names::add);
    KnownKeys.require(overrides, names, source, prefix);
    for (Map.Entry<String, JsonNode> field : overrides.properties()) {
      JsonNode below = known.get(field.getKey());
      if (below.isObject() && field.getValue().isObject()) {
        requireKnown(below, field.getValue(), source, prefix + field.getKey() + ".");
      }
    }
  }

  private static String reason(JsonMappingException wrong) {
    String key =
        String.join(
            ".",
            wrong.getPath().stream()
                .map(
                    step ->
                        step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
                .toList());
    if (wrong.getCause() instanceof InvalidInputException invalid) {
      return key.isEmpty() ? invalid.getMessage() : key + ": " + invalid.getMessage();
    }
    return "'%s': %s".formatted(key, MappingProblem.reason(wrong));
  }
}
