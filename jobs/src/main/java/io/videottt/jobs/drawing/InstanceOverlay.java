package io.videottt.jobs.drawing;

import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.InstanceDetection;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;

/**
 * Draws detections over an image: mask, box, and class name with score, each in a colour of its
 * own, the most certain on top.
 */
public final class InstanceOverlay {

  /** Letters are this part of the image's shorter side high, within bounds. */
  private static final int LETTERS = 40;

  private static final int SMALLEST_LETTERS = 9;
  private static final int LARGEST_LETTERS = 24;

  private final PredictedClasses classes;
  private final double threshold;

  /**
   * @param threshold detections of a lower score are not drawn
   */
  public InstanceOverlay(PredictedClasses classes, double threshold) {
    this.classes = classes;
    this.threshold = threshold;
  }

  public BufferedImage draw(RgbImage image, List<InstanceDetection> detections) {
    List<InstanceDetection> drawn =
        detections.stream()
            .filter(detection -> detection.score() >= threshold && detection.mask().area() > 0)
            .sorted(Comparator.comparingDouble(InstanceDetection::score))
            .toList();
    int[] colours = ClassColours.palette().rgb();
    BufferedImage overlay = Overlays.picture(image);
    for (int i = 0; i < drawn.size(); i++) {
      fill(overlay, drawn.get(i), colours[i % colours.length]);
    }
    Graphics2D graphics = overlay.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      int letters = Math.min(image.height(), image.width()) / LETTERS;
      graphics.setFont(
          new Font(
              Font.SANS_SERIF,
              Font.PLAIN,
              Math.max(SMALLEST_LETTERS, Math.min(LARGEST_LETTERS, letters))));
      for (int i = 0; i < drawn.size(); i++) {
        label(graphics, drawn.get(i), new Color(colours[i % colours.length]), overlay);
      }
    } finally {
      graphics.dispose();
    }
    return overlay;
  }

  private static void fill(BufferedImage overlay, InstanceDetection detection, int colour) {
    boolean[] mask = detection.mask().toPixels();
    int width = overlay.getWidth();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        int before = overlay.getRGB(i % width, i / width);
        overlay.setRGB(i % width, i / width, Overlays.mixed(before, colour));
      }
    }
  }

  private void label(
      Graphics2D graphics, InstanceDetection detection, Color colour, BufferedImage overlay) {
    Extent extent = Extent.of(detection.mask().toPixels(), overlay.getWidth());
    graphics.setColor(colour);
    graphics.drawRect(extent.left(), extent.top(), extent.width() - 1, extent.height() - 1);
    String text = "%s %.2f".formatted(classes.name(detection.classId()), detection.score());
    FontMetrics letters = Overlays.letters(graphics, "class names");
    int height = letters.getAscent() + letters.getDescent();
    int width = letters.stringWidth(text) + 2;
    // Above the box where there is room, else inside; never beyond the right edge.
    int left = Math.max(0, Math.min(extent.left(), overlay.getWidth() - width));
    int top = extent.top() >= height ? extent.top() - height : extent.top();
    graphics.fillRect(left, top, width, height);
    graphics.setColor(isBright(colour) ? Color.BLACK : Color.WHITE);
    graphics.drawString(text, left + 1, top + letters.getAscent());
  }

  private static boolean isBright(Color colour) {
    return 299 * colour.getRed() + 587 * colour.getGreen() + 114 * colour.getBlue() > 140_000;
  }
}
