package io.videottt.io.config;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads YAML into records and refuses what it does not know: an unknown key, or a key given twice.
 * A key left out is null or zero; the record fills its defaults. A word means the same in every
 * file: what {@link YamlTree} says. Messages name the source, the place in it and the way out.
 */
public final class StrictYaml {

  /** Longest configuration that is parsed, in characters. */
  public static final int MAXIMUM_LENGTH = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addHandler(new MissingTypes())
          .withCoercionConfig(LogicalType.Integer, StrictYaml::refuseText)
          .withCoercionConfig(LogicalType.Float, StrictYaml::refuseText)
          .build();

  private StrictYaml() {}

  /** Names the known types where none is given, as Jackson does where an unknown one is. */
  private static final class MissingTypes extends DeserializationProblemHandler {

    @Override
    public JavaType handleMissingTypeId(
        DeserializationContext context, JavaType base, TypeIdResolver types, String message)
        throws IOException {
      throw InvalidTypeIdException.from(
          context.getParser(), "known type ids = " + types.getDescForKnownTypeIds(), base, null);
    }
  }

  /** A text is no number: 0010 is eight in one version of YAML, ten in the next. */
  private static void refuseText(com.fasterxml.jackson.databind.cfg.MutableCoercionConfig config) {
    config.setCoercion(CoercionInputShape.String, CoercionAction.Fail);
  }

  /**
   * Parses one document.
   *
   * @param text the YAML
   * @param source file name for messages
   * @param type record to read
   * @throws InvalidInputException naming the source, the key and the known keys
   */
  public static <T> T read(String text, String source, Class<T> type) {
    return convert(parse(text, source, false), source, type);
  }

  /**
   * Parses one document whose form is not known yet: keys and values as they stand there.
   *
   * @param text the YAML
   * @param source file name for messages
   * @throws InvalidInputException when it is no YAML or does not consist of keys and values
   */
  public static ObjectNode tree(String text, String source) {
    return keys(parse(text, source, false), source);
  }

  /**
   * The same for the file of another program, whose tags only that program understands: they are
   * passed over, and what they stand before is read as it is written.
   *
   * @param text the YAML
   * @param source file name for messages
   * @throws InvalidInputException when it is no YAML or does not consist of keys and values
   */
  public static ObjectNode foreignTree(String text, String source) {
    return keys(parse(text, source, true), source);
  }

  private static ObjectNode keys(JsonNode tree, String source) {
    if (tree instanceof ObjectNode keys) {
      return keys;
    }
    throw new InvalidInputException("%s: expected keys and values".formatted(source));
  }

  /**
   * Reads what {@link #tree} has parsed, with the same strictness as {@link #read}.
   *
   * @param tree keys and values
   * @param source file name for messages
   * @param type record to read
   * @throws InvalidInputException naming the source, the key and the known keys
   */
  public static <T> T convert(JsonNode tree, String source, Class<T> type) {
    requireNoGaps(tree, source, "");
    try {
      // Not closed: there is nothing to close, and a message asks it what it stands at.
      return MAPPER.readValue(new WrittenTreeParser(tree, MAPPER), type);
    } catch (JsonMappingException e) {
      throw invalid(e, source);
    } catch (IOException e) {
      throw new IllegalStateException("a tree is no file", e);
    }
  }

  /**
   * The text of a value of {@link #tree} as it is written, also where it looks like a number.
   *
   * @return empty for a list, for keys and values, and where there is no value
   */
  public static Optional<String> text(JsonNode value) {
    return Optional.ofNullable(WrittenTreeParser.text(value));
  }

  private static JsonNode parse(String text, String source, boolean tagged) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new InvalidInputException(
          "%s: %d characters, a configuration holds at most %d"
              .formatted(source, text.length(), MAXIMUM_LENGTH));
    }
    return YamlTree.read(text, source, tagged);
  }

  /** Where a list has an entry without value, something was forgotten or a word means null. */
  static void requireNoGaps(JsonNode tree, String source, String place) {
    if (tree.isArray()) {
      for (int i = 0; i < tree.size(); i++) {
        String entry = "%s[%d]".formatted(place, i);
        if (tree.get(i).isNull()) {
          throw new InvalidInputException(
              "%s: %s has no value; a name that is null or ~ goes in quotes"
                  .formatted(source, entry));
        }
        requireNoGaps(tree.get(i), source, entry);
      }
    }
    if (tree.isObject()) {
      for (Map.Entry<String, JsonNode> field : tree.properties()) {
        String key = place.isEmpty() ? field.getKey() : place + "." + field.getKey();
        requireNoGaps(field.getValue(), source, key);
      }
    }
  }

  private static InvalidInputException invalid(JsonMappingException e, String source) {
    String place = MappingProblem.place(e);
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> known = unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
      return KnownKeys.unknown(source, place, known, e);
    }
    String reason = MappingProblem.reason(e);
    return new InvalidInputException(
        place.isEmpty()
            ? "%s: %s".formatted(source, reason)
            : "%s: %s: %s".formatted(source, place, reason),
        e);
  }
}
