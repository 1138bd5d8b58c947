package io.videottt.jobs.drawing;

import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.drawing.SegmentColours.Segment;
import io.videottt.metrics.PanopticMap;
import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Draws segments half transparent over an image, each in a shade of its class's colour, with white
 * borders. Pixels of no segment stay as they are.
 */
public final class PanopticOverlay {

  static final int BORDER = 0xffffff;

  private final PredictedClasses classes;

  public PanopticOverlay(PredictedClasses classes) {
    this.classes = classes;
  }

  public BufferedImage draw(RgbImage image, PanopticMap map) {
    Map<Integer, Integer> colours =
        new SegmentColours(classes).alone(map.segments().stream().map(Segment::of).toList());
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
}
