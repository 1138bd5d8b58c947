package io.videottt.jobs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.videottt.metrics.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads configuration files into records: unknown and repeated keys are refused with a message that
 * names the file, the key and the known keys.
 */
final class StrictYaml {

  private static final long LARGEST_FILE_BYTES = 1 << 20;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private StrictYaml() {}

  /**
   * Reads a file.
   *
   * @throws InvalidInputException naming the file and the key, when it cannot be used
   */
  static <T extends Record> T read(Path file, Class<T> type) {
    String text;
    try {
      if (!Files.isRegularFile(file)) {
        throw new InvalidInputException("%s: no such configuration file".formatted(file));
      }
      if (Files.size(file) > LARGEST_FILE_BYTES) {
        throw new InvalidInputException(
            "%s: more than %d bytes, too large for a configuration"
                .formatted(file, LARGEST_FILE_BYTES));
      }
      text = Files.readString(file);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read as text".formatted(file), e);
    }
    return parse(text, file.toString(), type);
  }

  static <T extends Record> T parse(String text, String source, Class<T> type) {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new InvalidInputException("%s: the file is empty".formatted(source));
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      throw new InvalidInputException(
          "%s: unknown key '%s'\nknown here: %s".formatted(source, path(e), known), e);
    } catch (JsonMappingException e) {
      throw new InvalidInputException("%s: %s".formatted(source, where(e) + reason(e)), e);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s: not valid YAML%s: %s".formatted(source, line(e.getLocation()), firstLine(e)), e);
    }
  }

  private static String reason(JsonMappingException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException input) {
        return input.getMessage();
      }
    }
    return firstLine(e);
  }

  private static String where(JsonMappingException e) {
    return e.getPath().isEmpty() ? "" : "'" + path(e) + "': ";
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String firstLine(JacksonException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("malformed");
  }

  private static String line(JsonLocation location) {
    return location == null ? "" : " (line %d)".formatted(location.getLineNr());
  }
}
