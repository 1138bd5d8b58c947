package io.videottt.catalog;

/**
 * The recipe of a generated video.
 *
 * @param id the video's id
 * @param frames number of frames
 * @param seed decides everything that is random
 * @param look the look at full strength
 * @param motion what changes from frame to frame
 */
record GeneratedClip(String id, int frames, long seed, Look look, Motion motion) {

  /** Frames are drawn this far apart in time, whatever rate the catalogue names. */
  static final double SECONDS_PER_FRAME = 0.1;

  private static final double LANE = 1.5;
  private static final double HORIZON = 0.46;

  /** What changes from frame to frame. */
  enum Motion {
    /** Every frame is another street. */
    STILLS,
    /** One drive; the look grows from nothing to its full strength. */
    RISING,
    /** One drive; the look grows until the middle and fades again. */
    RISING_AND_FALLING
  }

  Look lookAt(int index) {
    double progress = frames == 1 ? 1 : (double) index / (frames - 1);
    return switch (motion) {
      case STILLS -> look;
      case RISING -> look.scaled(progress);
      case RISING_AND_FALLING -> look.scaled(1 - Math.abs(2 * progress - 1));
    };
  }

  boolean stills() {
    return motion == Motion.STILLS;
  }

  /** Seed of the street that a frame shows. */
  long streetSeed(int index) {
    return stills() ? LatticeHash.child(seed, index) : seed;
  }

  /** Metres per second of the camera. */
  double speed() {
    return stills() ? 0 : 5 + 2 * LatticeHash.uniform(seed, 1, 1);
  }

  double secondsAt(int index) {
    return stills() ? 0 : index * SECONDS_PER_FRAME;
  }

  StreetCamera cameraAt(int index, Street street) {
    double z = speed() * secondsAt(index);
    double lateral;
    double heading;
    double horizon;
    if (stills()) {
      Draws draws = new Draws(LatticeHash.child(streetSeed(index), 1));
      lateral = LANE + draws.between(-0.6, 0.6);
      heading = draws.between(-0.05, 0.05);
      horizon = HORIZON + draws.between(-0.02, 0.02);
    } else {
      double time = secondsAt(index);
      lateral = LANE + 0.3 * StrictMath.sin(0.9 * time);
      heading = 0.02 * StrictMath.sin(1.3 * time + 1);
      horizon = HORIZON + 0.008 * StrictMath.sin(7 * time);
    }
    double slope = street.slope(z) + heading;
    double norm = Math.sqrt(1 + slope * slope);
    return new StreetCamera(street.bend(z) + lateral, z, slope / norm, 1 / norm, horizon);
  }
}
