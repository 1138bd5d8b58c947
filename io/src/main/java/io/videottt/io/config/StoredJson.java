package io.videottt.io.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import java.io.IOException;

/** What the JSON files that a sweep's driver leaves in the output folder have in common. */
public final class StoredJson {

  private StoredJson() {}

  /** A record's file. */
  public static String write(JsonMapper mapper, Object value) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always JSON", e);
    }
  }

  /**
   * Why a file was refused, and the way out.
   *
   * @param what it should be, for example plan
   * @param source the file
   * @param failure of reading; the record's own complaint is its cause
   */
  public static InvalidInputException unreadable(String what, String source, IOException failure) {
    String reason =
        failure.getCause() instanceof InvalidInputException refused
            ? refused.getMessage()
            : "it is damaged";
    return new InvalidInputException(
        "%s: this %s cannot be read: %s; delete it and start the sweep again"
            .formatted(source, what, reason),
        failure);
  }
}
