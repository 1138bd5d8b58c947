package io.videottt.catalog.shift;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.catalog.image.LatticeHash;
import java.util.Locale;

/**
 * A kind of damage to the pixels of a frame, from strength 0 (none) to 1. Every kind is computed in
 * plain arithmetic from the pixels, the strength and a seed alone, so that a frame is the same to
 * the last bit on every machine. Where several damage one frame, they do in the order of this list:
 * the air, the lens, the sensor, the file.
 */
public enum Corruption {
  /** A veil of light: up to 90 % of a light gray. */
  @JsonProperty("haze")
  HAZE {
    @Override
    void damage(DamagedFrame frame, double strength, long seed) {
      double veil = 0.9 * strength;
      frame.map((value, channel, index) -> value + (0.8 - value) * veil);
    }
  },

  /** The white balance is off towards orange: up to 30 % more red and 55 % less blue. */
  @JsonProperty("cast")
  CAST {
    @Override
    void damage(DamagedFrame frame, double strength, long seed) {
      double[] gains = {1 + 0.30 * strength, 1 - 0.06 * strength, 1 - 0.55 * strength};
      frame.map((value, channel, index) -> value * gains[channel]);
    }
  },

  /** The lens is out of focus: points become discs of a radius of up to 12 % of the short side. */
  @JsonProperty("defocus")
  DEFOCUS {
    @Override
    void damage(DamagedFrame frame, double strength, long seed) {
      DiscBlur.apply(frame, 0.12 * strength * Math.min(frame.height(), frame.width()));
    }
  },

  /**
   * Too little light for the exposure: up to six stops less, with the noise of the few photons and
   * of reading them.
   */
  @JsonProperty("low-light")
  LOW_LIGHT {
    @Override
    void damage(DamagedFrame frame, double strength, long seed) {
      LowLight.apply(frame, strength, seed);
    }
  },

  /** The same noise on bright and dark pixels, of a standard deviation of up to all of white. */
  @JsonProperty("noise")
  NOISE {
    @Override
    void damage(DamagedFrame frame, double strength, long seed) {
      frame.map((value, channel, index) -> value + strength * LatticeHash.gaussian(seed, index));
    }
  },

  /** Noise in proportion to the value, of a standard deviation of up to all of it. */
  @JsonProperty("speckle")
  SPECKLE {
    @Override
    void damage(DamagedFrame frame, double strength, long seed) {
      frame.map(
          (value, channel, index) -> value * (1 + strength * LatticeHash.gaussian(seed, index)));
    }
  },

  /** Blocks of a JPEG file: at full strength as of quality 2 of 100, without thinned colours. */
  @JsonProperty("jpeg")
  JPEG {
    @Override
    void damage(DamagedFrame frame, double strength, long seed) {
      JpegArtefacts.apply(frame, 25 * strength * strength);
    }
  };

  /**
   * Damages a frame in place.
   *
   * @param strength above 0, at most 1
   * @param seed of everything random
   */
  abstract void damage(DamagedFrame frame, double strength, long seed);

  /** The name in catalogue files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
