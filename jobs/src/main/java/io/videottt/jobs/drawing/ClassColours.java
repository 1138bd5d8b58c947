package io.videottt.jobs.drawing;

import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import java.awt.Color;
import java.io.Serializable;
import java.util.List;

/**
 * The colour of every class in overlays.
 *
 * @param rgb 256 values 0xRRGGBB
 */
public record ClassColours(int[] rgb) implements Serializable {

  private static final int COUNT = 256;

  /** The golden ratio's fraction: consecutive multiples spread evenly over the hues. */
  private static final float HUE_STEP = 0.618034f;

  /** Colours without a data set: hues spread evenly. */
  public static ClassColours palette() {
    int[] rgb = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      rgb[i] = Color.HSBtoRGB(i * HUE_STEP, 0.75f, i % 2 == 0 ? 0.95f : 0.7f) & 0xffffff;
    }
    return new ClassColours(rgb);
  }

  /** A data set's own colours. */
  public static ClassColours of(DataSetDefinition dataset) {
    return of(dataset.classes());
  }

  /** The colours of classes, and a palette beyond them. */
  static ClassColours of(List<ClassDefinition> classes) {
    int[] rgb = palette().rgb();
    for (ClassDefinition definition : classes) {
      rgb[definition.id()] = definition.rgb();
    }
    return new ClassColours(rgb);
  }
}
