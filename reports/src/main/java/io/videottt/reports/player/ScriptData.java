package io.videottt.reports.player;

/**
 * Data for a script of the page, the text of an element that is not run.
 *
 * @param id of the element, plain letters, digits and hyphens
 * @param json pure ASCII without angle brackets and ampersands: it cannot end the element
 */
public record ScriptData(String id, String json) {

  /**
   * A value as JSON.
   *
   * @param value records, lists, maps, texts and finite numbers
   */
  static ScriptData of(String id, Object value) {
    return new ScriptData(id, ScriptJson.text(value));
  }
}
