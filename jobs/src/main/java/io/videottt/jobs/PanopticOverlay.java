package io.videottt.jobs;

import io.videottt.catalog.RgbImage;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws segments half transparent over an image, each in a shade of its class's colour, with white
 * borders. Pixels of no segment stay as they are.
 */
final class PanopticOverlay {

  static final int BORDER = 0xffffff;

  /** How far the hues of two objects of one class lie apart. */
  private static final float HUE_STEP = 0.07f;

  /** Enough colour for hues to differ, whatever the class's colour is. */
  private static final float LEAST_SATURATION = 0.5f;

  private static final float LEAST_BRIGHTNESS = 0.6f;

  private final PredictedClasses classes;

  PanopticOverlay(PredictedClasses classes) {
    this.classes = classes;
  }

  BufferedImage draw(RgbImage image, PanopticMap map) {
    Map<Integer, Integer> colours = colours(classes, map);
    BufferedImage overlay = Overlays.picture(image);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        int id = id(map, x, y);
        if (isBorder(map, x, y)) {
          overlay.setRGB(x, y, BORDER);
        } else if (colours.containsKey(id)) {
          overlay.setRGB(x, y, Overlays.mixed(overlay.getRGB(x, y), colours.get(id)));
        }
      }
    }
    return overlay;
  }

  /** Whether another segment begins to the right or below. */
  static boolean isBorder(PanopticMap map, int x, int y) {
    int id = id(map, x, y);
    return id(map, x + 1, y) != id || id(map, x, y + 1) != id;
  }

  /** The id at a place; beyond the image the one at its edge. */
  private static int id(PanopticMap map, int x, int y) {
    return map.ids()[Math.min(y, map.height() - 1) * map.width() + Math.min(x, map.width() - 1)];
  }

  /** The colour of every segment by its id. */
  static Map<Integer, Integer> colours(PredictedClasses classes, PanopticMap map) {
    Map<Integer, Integer> colours = new HashMap<>();
    Map<Integer, Integer> seen = new HashMap<>();
    for (PanopticSegment segment : map.segments()) {
      int before = seen.merge(segment.classId(), 1, Integer::sum) - 1;
      colours.put(segment.id(), shade(classes.rgb(segment.classId()), before));
    }
    return colours;
  }

  /** The class's own colour for its first segment, other hues for the next. */
  private static int shade(int rgb, int number) {
    if (number == 0) {
      return rgb;
    }
    float[] hsb = Color.RGBtoHSB(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff, null);
    return Color.HSBtoRGB(
            hsb[0] + number * HUE_STEP,
            Math.max(hsb[1], LEAST_SATURATION),
            Math.max(hsb[2], LEAST_BRIGHTNESS))
        & 0xffffff;
  }
}
