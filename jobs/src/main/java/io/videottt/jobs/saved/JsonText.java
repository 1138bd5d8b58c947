package io.videottt.jobs.saved;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON written piece by piece. */
public final class JsonText {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** Writes JSON. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it. */
    void write(JsonGenerator json) throws IOException;
  }

  /** As a text. */
  public static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      content.write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory does not fail", impossible);
    }
    return text.toString();
  }

  /** Into a stream, which stays open. */
  public static void write(OutputStream stream, Content content) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(stream)) {
      // The stream is closed by whom it belongs to.
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      content.write(json);
    }
  }
}
