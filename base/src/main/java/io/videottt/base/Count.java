package io.videottt.base;

/** A number of things in words: "1 video", "21 videos". */
public final class Count {

  private Count() {}

  /**
   * The words.
   *
   * @param thing in the singular, one that has an s in the plural
   */
  public static String of(long number, String thing) {
    return number == 1 ? number + " " + thing : "%d %ss".formatted(number, thing);
  }
}
