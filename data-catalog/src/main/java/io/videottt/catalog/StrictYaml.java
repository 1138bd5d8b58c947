package io.videottt.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.videottt.metrics.InvalidInputException;
import java.util.stream.Collectors;

/**
 * Reads YAML into records and refuses what it does not know: an unknown key, or a key given twice.
 * A key left out is null or zero; the record fills its defaults. Messages name the source, the
 * place in it and the way out.
 */
public final class StrictYaml {

  /** Longest configuration that is parsed, in characters. */
  public static final int MAXIMUM_LENGTH = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private StrictYaml() {}

  /**
   * Parses one document.
   *
   * @param text the YAML
   * @param source file name for messages
   * @param type record to read
   * @throws InvalidInputException naming the source, the key and the known keys
   */
  public static <T> T read(String text, String source, Class<T> type) {
    requireShort(text, source);
    return parse(source, () -> MAPPER.readValue(text, type));
  }

  /**
   * Parses one document whose form is not known yet: keys and values as they stand there.
   *
   * @param text the YAML
   * @param source file name for messages
   * @throws InvalidInputException when it is no YAML or does not consist of keys and values
   */
  public static ObjectNode tree(String text, String source) {
    requireShort(text, source);
    JsonNode tree =
        parse(
            source,
            () -> {
              JsonNode read = MAPPER.readValue(text, JsonNode.class);
              return read == null || read.isMissingNode() || read.isNull() ? null : read;
            });
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
    return parse(source, () -> MAPPER.treeToValue(tree, type));
  }

  private static void requireShort(String text, String source) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new InvalidInputException(
          "%s: %d characters, a configuration holds at most %d"
              .formatted(source, text.length(), MAXIMUM_LENGTH));
    }
  }

  @FunctionalInterface
  private interface Parsing<T> {

    T parse() throws JsonProcessingException;
  }

  private static <T> T parse(String source, Parsing<T> parsing) {
    try {
      T value = parsing.parse();
      if (value == null) {
        throw new InvalidInputException(source + ": the file is empty");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      throw new InvalidInputException(
          "%s: unknown key '%s'\nknown here: %s".formatted(source, place(e), known), e);
    } catch (InvalidTypeIdException e) {
      throw new InvalidInputException(
          "%s: %s has type %s: %s"
              .formatted(source, place(e), e.getTypeId(), firstLine(e.getOriginalMessage())),
          e);
    } catch (JsonMappingException e) {
      String place = place(e);
      throw new InvalidInputException(
          place.isEmpty()
              ? "%s: %s".formatted(source, reason(e))
              : "%s: %s: %s".formatted(source, place, reason(e)),
          e);
    } catch (JsonProcessingException e) {
      String line =
          e.getLocation() == null ? "" : " in line %d".formatted(e.getLocation().getLineNr());
      throw new InvalidInputException(
          "%s: not valid YAML%s: %s".formatted(source, line, firstLine(e.getOriginalMessage())), e);
    } catch (StackOverflowError e) {
      throw new InvalidInputException(source + ": nested too deeply", e);
    }
  }

  private static String reason(JsonMappingException exception) {
    for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException input) {
        return input.getMessage();
      }
    }
    return firstLine(exception.getOriginalMessage());
  }

  /** The keys from the root to the error, for example {@code classes[3].colour}. */
  private static String place(JsonMappingException exception) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference reference : exception.getPath()) {
      if (reference.getFieldName() == null) {
        place.append('[').append(reference.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return place.toString();
  }

  private static String firstLine(String message) {
    return message == null ? "cannot be read" : message.lines().findFirst().orElse("");
  }
}
