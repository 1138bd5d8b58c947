package io.videottt.io.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import java.io.IOException;

/**
 * JSON from outside: of a model, of a checkpoint, of a results folder. Depth, numbers and texts are
 * bounded, no key stands twice, and nothing follows the value; how long a file may be is for its
 * reader to say.
 */
public final class BoundedJson {

  private static final int DEEPEST_NESTING = 32;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_TEXT = 1 << 20;

  private static final JsonFactory FACTORY = factory(LONGEST_TEXT);
  private static final JsonMapper MAPPER = mapper().build();

  private BoundedJson() {}

  private static JsonFactory factory(int longestText) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST_NESTING)
                .maxNumberLength(LONGEST_NUMBER)
                .maxStringLength(longestText)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        // A table of all keys ever seen would hold those of a hostile file for good.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .build();
  }

  /** The beginnings of a mapper that reads within these bounds. */
  public static JsonMapper.Builder mapper() {
    return mapper(LONGEST_TEXT);
  }

  /**
   * The same for files that hold more than words as text.
   *
   * @param longestText characters of the longest text, a picture say
   */
  public static JsonMapper.Builder mapper(int longestText) {
    return JsonMapper.builder(factory(longestText))
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * Reads a text that is one JSON object.
   *
   * @param source where it comes from, for messages
   * @throws InvalidInputException when it is none, naming line and column
   */
  public static ObjectNode object(String json, String source) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      try {
        if (MAPPER.readValue(parser, JsonNode.class) instanceof ObjectNode object) {
          return object;
        }
      } catch (JsonProcessingException e) {
        throw invalid(e, parser.currentLocation(), source);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory is read without failure", e);
    }
    throw new InvalidInputException(source + " holds no JSON object");
  }

  /** Walks through bytes that are JSON. */
  public static JsonParser parser(byte[] json) throws IOException {
    return FACTORY.createParser(json);
  }

  /** Why a text is not JSON within these bounds, without source and place. */
  public static String reason(JsonProcessingException e) {
    return e instanceof StreamConstraintsException
        ? "nested more than %d deep, or a number of more than %d digits, or too long a text"
            .formatted(DEEPEST_NESTING, LONGEST_NUMBER)
        : FailureReason.ofJson(e.getOriginalMessage());
  }

  /**
   * What is wrong with a file, in one line.
   *
   * @param place where its parser stands
   */
  public static InvalidInputException invalid(
      JsonProcessingException e, JsonLocation place, String source) {
    return new InvalidInputException(
        "%s is not JSON (line %d, column %d): %s"
            .formatted(source, place.getLineNr(), place.getColumnNr(), reason(e)),
        e);
  }
}
