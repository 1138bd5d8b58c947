package io.videottt.catalog.shift;

import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.image.RgbImage;
import java.util.EnumMap;
import java.util.Map;

/**
 * A frame on its way through corruptions, which is rounded to bytes once, at the end.
 *
 * @param height rows
 * @param width columns
 * @param values [height, width, 3] from 0 (black) to 1 (white) as files store them, changed in
 *     place
 */
public record DamagedFrame(int height, int width, float[] values) {

  /** A change of single values. */
  @FunctionalInterface
  interface Change {

    /**
     * The new value.
     *
     * @param channel 0 red, 1 green, 2 blue
     * @param index of the value in the frame
     */
    double of(double value, int channel, int index);
  }

  /**
   * An image as corruptions leave it.
   *
   * @param image returned itself where nothing damages it
   * @param strengths 0 to 1, of each kind
   * @param seed of everything random, another one for every frame
   */
  public static RgbImage apply(RgbImage image, Map<Corruption, Double> strengths, long seed) {
    if (strengths.values().stream().noneMatch(strength -> strength > 0)) {
      return image;
    }
    DamagedFrame frame = of(image);
    new EnumMap<>(strengths)
        .forEach(
            (kind, strength) -> {
              if (strength > 0) {
                // By name, so that a further kind leaves the others' noise as it is.
                kind.damage(frame, strength, LatticeHash.child(seed, kind.toString().hashCode()));
              }
            });
    return frame.image();
  }

  static DamagedFrame of(RgbImage image) {
    float[] values = new float[image.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (image.pixels()[i] & 0xff) / 255f;
    }
    return new DamagedFrame(image.height(), image.width(), values);
  }

  /** Changes every value by itself and cuts what leaves 0 to 1. */
  void map(Change change) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, Math.min(1, change.of(values[i], i % 3, i)));
    }
  }

  private RgbImage image() {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (int) (Math.max(0, Math.min(1, values[i])) * 255 + 0.5f);
    }
    return new RgbImage(height, width, pixels);
  }
}
