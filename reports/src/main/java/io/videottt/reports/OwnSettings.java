package io.videottt.reports;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The mark, in the name of a method's settings, of a reconstruction target that is not the paper's:
 * the method is the paper's, what it minimises is this project's.
 */
public final class OwnSettings {

  /** Id of the paper's target. */
  private static final String PIXELS = "pixels";

  private static final String OURS = "ours";
  private static final String TARGET = OURS + ": %s target";
  private static final Pattern MARK = Pattern.compile("(?:, |^)ours(?:: [a-z-]+ target)?$");

  private OwnSettings() {}

  /**
   * The settings' name with the mark.
   *
   * @param variant name of the settings, empty for the only ones
   * @param target id of the reconstruction target, which the name tells then
   */
  public static String marked(String variant, String target) {
    if (isMarked(variant)) {
      return variant;
    }
    String mark = variant.contains(target) ? OURS : TARGET.formatted(target);
    return variant.isEmpty() ? mark : variant + ", " + mark;
  }

  /** The name without its mark. */
  public static String unmarked(String variant) {
    return MARK.matcher(variant).replaceFirst("");
  }

  /** A target as it stands in a table: marked where it is not the paper's. */
  public static String titled(String target) {
    return target.equals(PIXELS) ? target : marked("", target);
  }

  /** Whether settings of that name have the target. */
  public static boolean isOf(String variant, String target) {
    return target.equals(PIXELS)
        ? !isMarked(variant)
        : isMarked(variant) && variant.contains(target);
  }

  private static boolean isMarked(String variant) {
    return MARK.matcher(variant).find();
  }

  /** What the mark means, where one of the measurements has it. */
  public static List<String> notes(Collection<Measurement> measured) {
    return measured.stream().anyMatch(m -> isMarked(m.variant()))
        ? List.of(
            "Ours: the method is the paper's, its reconstruction target is not. The paper"
                + " reconstructs the pixels as they are; here each image (or patch) is standardised"
                + " first, which docs/reconstruction.md explains.")
        : List.of();
  }
}
