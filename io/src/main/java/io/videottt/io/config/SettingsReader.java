package io.videottt.io.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeSet;

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
    ObjectNode merged = MAPPER.valueToTree(defaults);
    overlay(merged, MAPPER.valueToTree(overrides), source, "");
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) defaults.getClass();
    return convert(merged, type, source);
  }

  /**
   * Settings that are given whole.
   *
   * @param all a value for every key
   * @throws InvalidInputException when a key is unknown, or a value impossible or missing
   */
  public static <T extends Record> T read(ObjectNode all, Class<T> type, String source) {
    requireWhole(all, type, source, "");
    return convert(all, type, source);
  }

  private static void requireWhole(JsonNode node, Class<?> type, String source, String prefix) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + component.getName();
      if (!node.hasNonNull(component.getName())) {
        throw new InvalidInputException("%s: '%s' is missing".formatted(source, key));
      }
      if (component.getType().isRecord()) {
        requireWhole(node.get(component.getName()), component.getType(), source, key + ".");
      }
    }
  }

  private static <T extends Record> T convert(ObjectNode tree, Class<T> type, String source) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException wrong) {
      throw new InvalidInputException(source + ": " + reason(wrong), wrong);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree needs no parsing", impossible);
    }
  }

  private static void overlay(ObjectNode target, JsonNode overrides, String source, String prefix) {
    overrides
        .fields()
        .forEachRemaining(
            field -> {
              String key = field.getKey();
              if (!target.has(key)) {
                TreeSet<String> known = new TreeSet<>();
                target.fieldNames().forEachRemaining(known::add);
                throw new InvalidInputException(
                    "%s: unknown key '%s'\nknown here: %s"
                        .formatted(source, Printable.line(prefix + key), String.join(", ", known)));
              }
              if (target.get(key) instanceof ObjectNode nested && field.getValue().isObject()) {
                overlay(nested, field.getValue(), source, prefix + key + ".");
              } else {
                target.set(key, field.getValue());
              }
            });
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
