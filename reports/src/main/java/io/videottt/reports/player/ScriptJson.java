package io.videottt.reports.player;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Data for a script of the page, as JSON within an element that is not run. The text is pure ASCII
 * without angle brackets and ampersands, so that no name in it can end the element or begin a
 * comment.
 */
final class ScriptJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(new JsonFactoryBuilder().characterEscapes(new MarkupEscapes()).build())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private ScriptJson() {}

  /**
   * The text.
   *
   * @param value records, lists, maps, texts and finite numbers
   */
  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not plain data: " + value.getClass().getName(), e);
    }
  }

  private static final class MarkupEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = standardAsciiEscapesForJSON();
      escapes['<'] = ESCAPE_STANDARD;
      escapes['>'] = ESCAPE_STANDARD;
      escapes['&'] = ESCAPE_STANDARD;
      return escapes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
