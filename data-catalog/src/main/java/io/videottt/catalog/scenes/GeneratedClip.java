package io.videottt.catalog.scenes;

import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.shift.Corruption;
import io.videottt.catalog.shift.Course;
import io.videottt.catalog.shift.ShiftStage;
import java.util.List;
import java.util.Map;

/**
 * The recipe of a generated video.
 *
 * @param id the video's id
 * @param frames number of frames
 * @param seed decides everything that is random
 * @param stills whether every frame is another street; otherwise they are one drive
 * @param stages what changes the look of a clear day, one part after or beside the other; at least
 *     one
 */
public record GeneratedClip(String id, int frames, long seed, boolean stills, List<Stage> stages) {

  /** Frames are drawn this far apart in time, whatever rate the catalogue names. */
  static final double SECONDS_PER_FRAME = 0.1;

  private static final double LANE = 1.5;
  private static final double HORIZON = 0.46;

  public GeneratedClip {
    stages = List.copyOf(stages);
  }

  /**
   * What comes and goes together.
   *
   * @param course how strong it is over the clip
   * @param look weather and light at full strength
   * @param corruptions damage to the pixels at full strength
   */
  public record Stage(Course course, Look look, Map<Corruption, Double> corruptions) {

    public Stage {
      corruptions = Map.copyOf(corruptions);
    }

    public static Stage of(Course course, Look look) {
      return new Stage(course, look, Map.of());
    }
  }

  /** Every frame another street under the same look. */
  public static GeneratedClip stills(String id, int frames, long seed, Look look) {
    return new GeneratedClip(id, frames, seed, true, List.of(Stage.of(Course.CONSTANT, look)));
  }

  /** One drive. */
  public static GeneratedClip drive(String id, int frames, long seed, Stage... stages) {
    return new GeneratedClip(id, frames, seed, false, List.of(stages));
  }

  public Look lookAt(int index) {
    double progress = Course.progress(index, frames);
    Look look = stages.get(0).look().scaled(stages.get(0).course().at(progress));
    for (Stage stage : stages.subList(1, stages.size())) {
      look = look.plus(stage.look().scaled(stage.course().at(progress)));
    }
    return look;
  }

  /** Strength of each corruption in a frame, 0 to 1; empty for none. */
  Map<Corruption, Double> corruptionsAt(int index) {
    return ShiftStage.strengths(
        stages.stream()
            .filter(stage -> !stage.corruptions().isEmpty())
            .map(stage -> new ShiftStage(stage.course(), stage.corruptions()))
            .toList(),
        Course.progress(index, frames));
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
