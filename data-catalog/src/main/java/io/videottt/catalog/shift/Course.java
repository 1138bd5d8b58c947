package io.videottt.catalog.shift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The course of a shift over a video: how strong it is at every moment, as a share of its peak. */
public enum Course {
  /** At full strength from the first frame to the last. */
  @JsonProperty("constant")
  CONSTANT {
    @Override
    public double at(double progress) {
      return 1;
    }
  },

  /** Grows steadily from nothing in the first frame to full strength in the last. */
  @JsonProperty("rises")
  RISES {
    @Override
    public double at(double progress) {
      return progress;
    }
  },

  /** Grows steadily until the middle and fades again as it came. */
  @JsonProperty("peaks")
  PEAKS {
    @Override
    public double at(double progress) {
      return 1 - Math.abs(2 * progress - 1);
    }
  },

  /**
   * Nothing in the first and in the last tenth of the video, full strength from four to six tenths,
   * steady in between.
   */
  @JsonProperty("rises-and-fades")
  RISES_AND_FADES {
    @Override
    public double at(double progress) {
      return ramp(Math.min(progress, 1 - progress), 0.1, 0.4);
    }
  },

  /** Full strength in the first third, nothing in the last, steady in between. */
  @JsonProperty("gives-way")
  GIVES_WAY {
    @Override
    public double at(double progress) {
      return 1 - TAKES_OVER.at(progress);
    }
  },

  /**
   * Nothing in the first third, full strength in the last: what {@link #GIVES_WAY} makes way for.
   */
  @JsonProperty("takes-over")
  TAKES_OVER {
    @Override
    public double at(double progress) {
      return ramp(progress, 1.0 / 3, 2.0 / 3);
    }
  };

  /**
   * The share of the full strength, 0 to 1.
   *
   * @param progress from 0, the first frame, to 1, the last
   */
  public abstract double at(double progress);

  /** Progress of a frame: the only frame of a video is its last. */
  public static double progress(int index, int frames) {
    return frames == 1 ? 1 : (double) index / (frames - 1);
  }

  private static double ramp(double at, double from, double to) {
    return Math.max(0, Math.min(1, (at - from) / (to - from)));
  }

  /** The name in catalogue files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
